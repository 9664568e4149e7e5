// What idle time waited for: idle spans of the samples, split at every wake-up inside them. Each part is attributed to the wake-up
// that ended it.
//
// Two cases are harder: several sleeps in a row are one idle span if no sample was taken between them, and a wake-up of Node's own
// (a keep-alive timer, a parser) explains nothing. Then the user's next wake-up explains the time, if no user code ran in between.
// Jest's code may have called user code that no sample saw. If it ran in between, the wake-up only explains the time if its resource
// already existed: in band, Jest's reporter wakes up and draws its status while a test sleeps.

import { at, lowerBound } from '../profile/columns.js'
import type { Category, Microseconds } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { perRecording } from './per-recording.js'
import { usersWakes, type Wake } from './wakes.js'

export interface WaitPiece {
  start: Microseconds
  end: Microseconds
  /** Position in the recording's `waits.resources`; -1 if it is unexplained. */
  resource: number
  /** Time of the wake-up that ended it; parts with the same wake-up are one wait. Undefined if none is known. */
  wokenAt: Microseconds | undefined
  /** As in `Wake`. */
  poll: number | undefined
}

const UNEXPLAINED = { resource: -1, wokenAt: undefined, poll: undefined }

/** In order, without overlap; their sum is the recording's idle time. */
export const waitPieces = perRecording((recording): readonly WaitPiece[] => {
  const wakes = usersWakes(recording)
  const spans = idleSpans(recording)
  const { usersTimes, jestsTimes } = timesOfCode(recording, {
    isNeeded: wakes.length > 0 && spans.length > 0,
  })
  const interval = recording.header.samplingIntervalMicros ?? 0
  const pieces: WaitPiece[] = []
  let next = 0
  for (const { start, end, lastSeen } of spans) {
    while (next < wakes.length && at(wakes, next).time <= start) next++
    let from = start
    while (next < wakes.length && at(wakes, next).time <= end) {
      const { time, since: _, ...explained } = at(wakes, next++)
      if (time > from) pieces.push({ start: from, end: time, ...explained })
      from = time
    }
    if (from >= end) continue
    const last = pieces.at(-1)
    // The sampler sees the end of idle time late, usually by up to one interval, on a busy machine by many. That is not a wait of
    // its own.
    if (last?.end === from && (end - from <= 2 * interval || lastSeen <= from)) {
      last.end = end
      continue
    }
    const soon = wakes[next]
    const ranBefore = (wake: Wake, times: readonly Microseconds[]) =>
      (times[lowerBound(times, end)] ?? Number.POSITIVE_INFINITY) < wake.time
    const isExplained =
      soon !== undefined &&
      !ranBefore(soon, usersTimes) &&
      (soon.since <= end || !ranBefore(soon, jestsTimes))
    const { resource, wokenAt, poll } = isExplained ? soon : UNEXPLAINED
    pieces.push({ start: from, end, resource, wokenAt, poll })
  }
  return pieces
})

const NODES: ReadonlySet<Category> = new Set(['node', 'native', 'program', 'gc', 'profiler'])
const NODES_AND_JESTS: ReadonlySet<Category> = new Set([...NODES, 'jest'])

interface IdleSpan {
  start: Microseconds
  /** Time of the next sample in another state. */
  end: Microseconds
  lastSeen: Microseconds
}

function idleSpans({ samples, nodes, frames, header }: ResolvedRecording): IdleSpan[] {
  const spans: IdleSpan[] = []
  let open: Omit<IdleSpan, 'end'> | undefined
  samples.node.forEach((node, sample) => {
    const time = at(samples.time, sample)
    if (at(frames, at(nodes.frame, node)).category === 'idle') {
      open ??= { start: time, lastSeen: time }
      open.lastSeen = time
    } else {
      if (open !== undefined) spans.push({ ...open, end: time })
      open = undefined
    }
  })
  if (open !== undefined) spans.push({ ...open, end: header.wallMicros })
  return spans
}

/** When user code, or Jest's without any, was sampled, ascending; both empty if not needed. */
function timesOfCode({ samples, nodes, frames }: ResolvedRecording, { isNeeded }: { isNeeded: boolean }) {
  const times = { usersTimes: [] as Microseconds[], jestsTimes: [] as Microseconds[] }
  if (!isNeeded) return times
  const isUsers = nodesBeyond(NODES_AND_JESTS, { nodes, frames })
  const isJests = nodesBeyond(NODES, { nodes, frames })
  samples.node.forEach((node, sample) => {
    if (at(frames, at(nodes.frame, node)).category === 'idle') return
    if (at(isUsers, node)) times.usersTimes.push(at(samples.time, sample))
    else if (at(isJests, node)) times.jestsTimes.push(at(samples.time, sample))
  })
  return times
}

/** Ours, which a thread asks where a test is. What it calls, such as Jest's transformer, is no code of the test. */
const ANSWER = 'answerWhereabouts'

/** For each node, whether its stack contains code of other categories. */
function nodesBeyond(
  categories: ReadonlySet<Category>,
  { nodes, frames }: Pick<ResolvedRecording, 'nodes' | 'frames'>,
): boolean[] {
  const isBeyond: boolean[] = []
  const isAnswer: boolean[] = []
  nodes.frame.forEach((frame, node) => {
    const caller = at(nodes.caller, node)
    const { category, name } = at(frames, frame)
    const answers = (caller >= 0 && at(isAnswer, caller)) || (category === 'profiler' && name === ANSWER)
    isAnswer.push(answers)
    isBeyond.push(!answers && ((caller >= 0 && at(isBeyond, caller)) || !categories.has(category)))
  })
  return isBeyond
}
