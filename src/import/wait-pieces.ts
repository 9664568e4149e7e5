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

/** A wake-up that comes later than this after a stretch did not end it. */
const LATEST: Microseconds = 2000

/** In order, without overlap; together they are the recording's idle time. */
export const waitPieces = perRecording((recording): readonly WaitPiece[] => {
  const wakes = usersWakes(recording)
  const interval = recording.header.samplingIntervalMicros
  const pieces: WaitPiece[] = []
  /** Parts that wait for the next wake-up of the user's. */
  let open: WaitPiece[] = []
  let next = 0
  const explain = (resource: number) => {
    for (const piece of open) piece.resource = resource
    open = []
  }
  for (const { start, end, afterUsersCode } of idleStretches(recording)) {
    if (afterUsersCode) open = []
    while (next < wakes.length && at(wakes, next).time <= start) explain(at(wakes, next++).resource)
    let from = start
    while (next < wakes.length && at(wakes, next).time <= end) {
      const { time, resource } = at(wakes, next++)
      explain(resource)
      if (time > from) pieces.push({ start: from, end: time, resource })
      from = time
    }
    if (from >= end) continue
    const soon = wakes[next]
    const last = pieces.at(-1)
    const rest = { start: from, end, resource: NOBODY }
    pieces.push(rest)
    // The sampler sees the end of a stretch late, by up to an interval: that is no wait of its own.
    const isTail = last?.end === from && end - from <= 2 * interval
    if (soon !== undefined && soon.time - end <= LATEST) rest.resource = soon.resource
    else if (isTail && last !== undefined) rest.resource = last.resource
    else open.push(rest)
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

interface IdleStretch {
  start: Microseconds
  end: Microseconds
  /** Code that can have started another wait ran since the stretch before. */
  afterUsersCode: boolean
}

const NODES: ReadonlySet<Category> = new Set(['node', 'native', 'program', 'gc', 'profiler'])

function idleStretches({ samples, nodes, frames, header }: ResolvedRecording): IdleStretch[] {
  const isUsers = usersNodes({ nodes, frames })
  const stretches: IdleStretch[] = []
  let start: number | undefined
  let afterUsersCode = true
  samples.node.forEach((node, sample) => {
    const time = at(samples.time, sample)
    if (at(frames, at(nodes.frame, node)).category === 'idle') start ??= time
    else {
      if (start !== undefined) {
        stretches.push({ start, end: time, afterUsersCode })
        start = undefined
        afterUsersCode = false
      }
      afterUsersCode ||= at(isUsers, node)
    }
  })
  if (start !== undefined) stretches.push({ start, end: header.wallMicros, afterUsersCode })
  return stretches
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
