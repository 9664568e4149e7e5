// What idle time waited for: idle spans from the samples, cut at every wake-up inside them, each part blamed on the
// wake-up that ended it.
//
// A stretch that one wake-up alone ended would be simple. But several sleeps in a row are one stretch to a sampler that
// never saw the moments between them; and a wake-up of Node's own (a keep-alive timer, a parser) explains nothing: then
// the user's next one does, if none of the user's code ran in between.

import { at } from '../profile/columns.js'
import type { Category, Microseconds } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { perRecording } from './per-recording.js'
import { usersWakes } from './wakes.js'

export interface WaitPiece {
  start: Microseconds
  end: Microseconds
  /** Position in the recording's `waits.resources`; -1: not explained. */
  resource: number
  /** When the wake-up came that ended it: parts with one wake-up are one wait. Undefined: none is known. */
  wokenAt: Microseconds | undefined
  /** As in `Wake`. */
  poll: number | undefined
}

const UNEXPLAINED = { resource: -1, wokenAt: undefined, poll: undefined }

/** In order, without overlap; together they are the recording's idle time. */
export const waitPieces = perRecording((recording): readonly WaitPiece[] => {
  const wakes = usersWakes(recording)
  const { spans, usersTimes } = idleSpans(recording)
  const interval = recording.header.samplingIntervalMicros
  const pieces: WaitPiece[] = []
  let [next, nextUsers] = [0, 0]
  for (const { start, end, lastSeen } of spans) {
    while (next < wakes.length && at(wakes, next).time <= start) next++
    let from = start
    while (next < wakes.length && at(wakes, next).time <= end) {
      const { time, ...explained } = at(wakes, next++)
      if (time > from) pieces.push({ start: from, end: time, ...explained })
      from = time
    }
    if (from >= end) continue
    const last = pieces.at(-1)
    // The sampler sees the end of a stretch late, mostly by up to an interval, and on a busy machine by many: that is no
    // wait of its own.
    if (last?.end === from && (end - from <= 2 * interval || lastSeen <= from)) {
      last.end = end
      continue
    }
    while (nextUsers < usersTimes.length && at(usersTimes, nextUsers) < end) nextUsers++
    const soon = wakes[next]
    const isFirst = soon !== undefined && soon.time <= (usersTimes[nextUsers] ?? Number.POSITIVE_INFINITY)
    const { resource, wokenAt, poll } = isFirst ? soon : UNEXPLAINED
    pieces.push({ start: from, end, resource, wokenAt, poll })
  }
  return pieces
})

const NODES: ReadonlySet<Category> = new Set(['node', 'native', 'program', 'gc', 'profiler'])

interface IdleSpan {
  start: Microseconds
  /** When the next sample saw something else. */
  end: Microseconds
  /** When the last sample saw it. */
  lastSeen: Microseconds
}

/** `usersTimes`: when code was seen that can have started another wait, ascending. */
function idleSpans({ samples, nodes, frames, header }: ResolvedRecording) {
  const isUsers = usersNodes({ nodes, frames })
  const found = { spans: [] as IdleSpan[], usersTimes: [] as Microseconds[] }
  let open: Omit<IdleSpan, 'end'> | undefined
  samples.node.forEach((node, sample) => {
    const time = at(samples.time, sample)
    if (at(frames, at(nodes.frame, node)).category === 'idle') {
      open ??= { start: time, lastSeen: time }
      open.lastSeen = time
    } else {
      if (open !== undefined) found.spans.push({ ...open, end: time })
      open = undefined
      if (at(isUsers, node)) found.usersTimes.push(time)
    }
  })
  if (open !== undefined) found.spans.push({ ...open, end: header.wallMicros })
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
