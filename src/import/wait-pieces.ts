// What idle time waited for: idle stretches from the samples, cut at every wake-up inside them, each part blamed on the
// wake-up that ended it.
//
// A stretch that one wake-up alone ended would be simple. But several sleeps in a row are one stretch to a sampler that
// never saw the moments between them; and a wake-up of Node's own (a keep-alive timer, a parser) explains nothing: then
// the user's next one does, if none of the user's code ran in between.

import { at } from '../profile/columns.js'
import type { Category, Microseconds } from '../profile/profile.js'
import { perRecording } from './per-recording.js'
import type { ResolvedRecording } from './resolved-recording.js'

export interface WaitPiece {
  start: Microseconds
  end: Microseconds
  /** Position in the recording's `waits.resources`; `NOBODY`: not explained. */
  resource: number
}

export const NOBODY = -1

/** In order, without overlap; together they are the recording's idle time. */
export const waitPieces = perRecording((recording): readonly WaitPiece[] => {
  const wakes = usersWakes(recording)
  const { stretches, usersTimes } = idleStretches(recording)
  const interval = recording.header.samplingIntervalMicros
  const pieces: WaitPiece[] = []
  let [next, nextUsers] = [0, 0]
  for (const { start, end } of stretches) {
    while (next < wakes.length && at(wakes, next).time <= start) next++
    let from = start
    while (next < wakes.length && at(wakes, next).time <= end) {
      const { time, resource } = at(wakes, next++)
      if (time > from) pieces.push({ start: from, end: time, resource })
      from = time
    }
    if (from >= end) continue
    const last = pieces.at(-1)
    // The sampler sees the end of a stretch late, by up to an interval: that is no wait of its own.
    const isTail = last?.end === from && end - from <= 2 * interval
    while (nextUsers < usersTimes.length && at(usersTimes, nextUsers) < end) nextUsers++
    const soon = wakes[next]
    const isFirst = soon !== undefined && soon.time <= (usersTimes[nextUsers] ?? Number.POSITIVE_INFINITY)
    const resource = isTail ? last.resource : isFirst ? soon.resource : NOBODY
    pieces.push({ start: from, end, resource })
  }
  return pieces
})

function usersWakes({ waits }: ResolvedRecording): { time: Microseconds; resource: number }[] {
  if (waits === null) return []
  const { wakes, resources } = waits
  return wakes.time
    .map((time, wake) => ({ time, resource: at(wakes.resource, wake) }))
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
