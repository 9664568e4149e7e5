// What idle time waited for: idle stretches from the samples, cut at every wake-up inside them, each part blamed on the
// wake-up that ended it.
//
// A stretch that one wake-up alone ended would be simple. But several sleeps in a row are one stretch to a sampler that
// never saw the moments between them; and a wake-up of Node's own (a keep-alive timer, a parser) explains nothing: then
// the user's next one does, if none of the user's code ran in between. What an ended test has left behind, a timer that
// still ticks, is passed over in the same way.

import type { ResolvedRecording } from '../import/resolved-recording.js'
import { at } from '../profile/columns.js'
import type { Category, Microseconds } from '../profile/profile.js'
import { perRecording } from './per-recording.js'

export interface WaitPiece {
  start: Microseconds
  end: Microseconds
  /** Position in the recording's `waits.resources`; -1: not explained. */
  resource: number
  /** When the wake-up came that ended it: parts with one wake-up are one wait. Undefined: none is known. */
  wokenAt: Microseconds | undefined
}

const NOBODY = -1

/** In order, without overlap; together they are the recording's idle time. */
export const waitPieces = perRecording((recording): readonly WaitPiece[] => {
  const all = usersWakes(recording)
  const wakes = all.filter(({ isLeaked }) => !isLeaked)
  const { stretches, usersTimes: seen } = idleStretches(recording)
  const usersTimes = withoutLeaked(seen, all)
  const interval = recording.header.samplingIntervalMicros
  const pieces: WaitPiece[] = []
  let [next, nextUsers] = [0, 0]
  for (const { start, end } of stretches) {
    while (next < wakes.length && at(wakes, next).time <= start) next++
    let from = start
    while (next < wakes.length && at(wakes, next).time <= end) {
      const { time, resource } = at(wakes, next++)
      if (time > from) pieces.push({ start: from, end: time, resource, wokenAt: time })
      from = time
    }
    if (from >= end) continue
    const last = pieces.at(-1)
    // The sampler sees the end of a stretch late, by up to an interval: that is no wait of its own.
    if (last?.end === from && end - from <= 2 * interval) {
      last.end = end
      continue
    }
    while (nextUsers < usersTimes.length && at(usersTimes, nextUsers) < end) nextUsers++
    const soon = wakes[next]
    const isFirst = soon !== undefined && soon.time <= (usersTimes[nextUsers] ?? Number.POSITIVE_INFINITY)
    pieces.push({
      ...{ start: from, end },
      ...(isFirst
        ? { resource: soon.resource, wokenAt: soon.time }
        : { resource: NOBODY, wokenAt: undefined }),
    })
  }
  return pieces
})

interface Wake {
  time: Microseconds
  resource: number
  /** What an earlier test has left behind: whoever waits now, it is not for that. */
  isLeaked: boolean
}

function usersWakes({ waits, tests }: ResolvedRecording): Wake[] {
  if (waits === null) return []
  const { wakes, resources } = waits
  return wakes.time
    .map((time, wake) => {
      const resource = at(wakes.resource, wake)
      const creator = tests[at(resources.test, resource)]
      return { time, resource, isLeaked: creator !== undefined && creator.end < time }
    })
    .filter(({ resource }) => at(resources.stack, resource).length > 0)
}

const NODES: ReadonlySet<Category> = new Set(['node', 'native', 'program', 'gc', 'profiler'])

interface Stretches {
  stretches: { start: Microseconds; end: Microseconds }[]
  /** When code was seen that can have started another wait, ascending. */
  usersTimes: Microseconds[]
}

function idleStretches({ samples, nodes, frames, header }: ResolvedRecording): Stretches {
  const isUsers = usersNodes({ nodes, frames })
  const found: Stretches = { stretches: [], usersTimes: [] }
  let start: number | undefined
  samples.node.forEach((node, sample) => {
    const time = at(samples.time, sample)
    if (at(frames, at(nodes.frame, node)).category === 'idle') start ??= time
    else {
      if (start !== undefined) found.stretches.push({ start, end: time })
      start = undefined
      if (at(isUsers, node)) found.usersTimes.push(time)
    }
  })
  if (start !== undefined) found.stretches.push({ start, end: header.wallMicros })
  return found
}

/** Whether code other than Node's is in a node's stack. */
function usersNodes({ nodes, frames }: Pick<ResolvedRecording, 'nodes' | 'frames'>): boolean[] {
  const isUsers: boolean[] = []
  nodes.frame.forEach((frame, node) => {
    const caller = at(nodes.caller, node)
    isUsers.push((caller >= 0 && at(isUsers, caller)) || !NODES.has(at(frames, frame).category))
  })
  return isUsers
}

/** Times at which code ran that no leaked wake-up had set off. */
function withoutLeaked(times: readonly Microseconds[], wakes: readonly Wake[]): Microseconds[] {
  let next = 0
  return times.filter(time => {
    while (next < wakes.length && at(wakes, next).time <= time) next++
    return wakes[next - 1]?.isLeaked !== true
  })
}
