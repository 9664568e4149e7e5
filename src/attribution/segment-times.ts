// Sums of pieces for the segments of a recording.

import { at, lowerBound } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { TimeSpan } from '../profile/time-spans.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { perRecording } from './per-recording.js'
import { periodicSamples } from './sample-times.js'
import { type State, sampledPieces } from './sampled-pieces.js'
import { timeline } from './timeline.js'

/** `cpu`, `ready`, `blocked` and `idle` add up to `wall`. */
export interface Times {
  wall: Microseconds
  /** Time for which the thread ran, by its own clock; without a clock, all time that was neither idle nor blocked. */
  cpu: Microseconds
  /** Time in which it could run but had no core; undefined without a clock, where it is part of `cpu`. */
  ready: Microseconds | undefined
  /** Time in synchronous calls that wait. */
  blocked: Microseconds
  /** Time without anything to run. */
  idle: Microseconds
  /** Part of `cpu`. */
  gc: Microseconds
  /** Periodic samples of V8. */
  sampleCount: number
  /** All samples, because each of them costs time. */
  samplesTaken: number
  /**
   * Sum of the squared gaps between the two samples around each change between idle and not idle, within the window. The change may
   * have been at any time in the gap, which is much longer than one interval on a busy machine.
   */
  squaredGaps: number
  /** Half of each gap at a change to idle, minus half of each gap at a change from idle: idle time is too short by this on average. */
  lateness: Microseconds
  /** Sum of the squared clock steps: a window may begin and end anywhere in one. Infinite if the clock was not read until the end. */
  squaredSteps: number
}

export const NO_TIME: Readonly<Times> = {
  wall: 0,
  cpu: 0,
  ready: 0,
  blocked: 0,
  idle: 0,
  gc: 0,
  sampleCount: 0,
  samplesTaken: 0,
  squaredGaps: 0,
  lateness: 0,
  squaredSteps: 0,
}

export function addUpTimes(times: readonly Readonly<Times>[]): Times {
  const total: Times = { ...NO_TIME }
  for (const part of times) {
    total.wall += part.wall
    total.cpu += part.cpu
    total.ready = total.ready === undefined || part.ready === undefined ? undefined : total.ready + part.ready
    total.blocked += part.blocked
    total.idle += part.idle
    total.gc += part.gc
    total.sampleCount += part.sampleCount
    total.samplesTaken += part.samplesTaken
    total.squaredGaps += part.squaredGaps
    total.lateness += part.lateness
    total.squaredSteps += part.squaredSteps
  }
  return total
}

/** One entry per span. Spans must be in order, without overlap. */
export function segmentTimes(recording: ResolvedRecording, spans: readonly TimeSpan[]): Times[] {
  const { header } = recording
  const { start: starts, sample, state, ran, step, clockedUntil } = sampledPieces(recording)
  const periodic = periodicSamples(recording)
  let piece = lowerBound(starts, spans[0]?.start ?? 0)
  return spans.map(({ start, end }) => {
    const times: Times = { ...NO_TIME, wall: end - start }
    if (step === undefined) times.ready = undefined
    else times.squaredSteps = end <= clockedUntil + step ? step ** 2 : Number.POSITIVE_INFINITY
    // The piece before the window may extend into it, and so may the last piece of the previous window.
    while (piece > 0 && (starts[piece] ?? Number.POSITIVE_INFINITY) > start) piece--
    // Pieces that begin exactly at its start belong to the window.
    while (piece + 1 < starts.length && at(starts, piece) < start) {
      if (at(starts, piece + 1) > start) break
      piece++
    }
    let previous: { sample: number; isIdle: boolean; within: Microseconds } | undefined
    for (let current = piece; current < starts.length; current++) {
      const from = at(starts, current)
      if (from >= end) break
      piece = current
      const seenBy = at(sample, current)
      if (from >= start && seenBy >= 0 && sample[current - 1] !== seenBy) {
        times.samplesTaken++
        if (at(periodic, seenBy)) times.sampleCount++
      }
      const to = starts[current + 1] ?? header.wallMicros
      const within = Math.min(end, to) - Math.max(start, from)
      if (within <= 0) continue
      add(times, { state: at(state, current), ran: at(ran, current), within })
      const isIdle = state[current] === 'idle'
      if (previous?.sample === seenBy) {
        previous.within += within
        continue
      }
      if (previous !== undefined && previous.isIdle !== isIdle) {
        times.squaredGaps += previous.within ** 2
        times.lateness += (isIdle ? previous.within : -previous.within) / 2
      }
      previous = { sample: seenBy, isIdle, within }
    }
    return times
  })
}

/** One entry per segment of the recording's timeline. */
export const timelineTimes = perRecording(recording => segmentTimes(recording, timeline(recording)))

function add(
  times: Times,
  { state, ran, within }: { state: State; ran: number; within: Microseconds },
): void {
  const cpu = ran * within
  times.cpu += cpu
  if (state === 'idle' || state === 'blocked') times[state] += within - cpu
  else if (times.ready !== undefined) times.ready += within - cpu
  if (state === 'gc') times.gc += cpu
}

/** In standard deviations, for a 95 % interval. */
const NORMAL_95 = 1.96

/**
 * Half-width of the 95 % interval of idle and CPU time, in microseconds. A change between idle and not idle is seen at the next
 * sample: this error is uniform over the gap, with half of the gap as its mean and a twelfth of its square as its variance. A span
 * between two samples of the same state may be as long as an interval: its variance is at most a quarter of the interval's square.
 * With a CPU clock, the error is no larger than its steps: uniform over a step at either boundary of the window. Without a profile
 * (null) idle time is exact, and the clock's error is the only one.
 */
export function uncertainty(times: Times, intervalMicros: Microseconds | null): Microseconds {
  const ofClock = times.ready === undefined ? undefined : NORMAL_95 * Math.sqrt(times.squaredSteps / 6)
  if (intervalMicros === null) return Math.min(times.wall, ofClock ?? 0)
  const seen = uncertaintyOfSamples(times, intervalMicros)
  return Math.min(seen, ofClock ?? seen)
}

function uncertaintyOfSamples(
  { wall, sampleCount, squaredGaps, lateness }: Times,
  intervalMicros: Microseconds,
): Microseconds {
  if (sampleCount === 0) return wall
  const spread = NORMAL_95 * Math.sqrt(squaredGaps / 12 + intervalMicros ** 2 / 4)
  return Math.min(wall, Math.abs(lateness) + spread)
}

/**
 * Half-width of the 95 % interval of garbage-collection time, in microseconds. Collections are usually shorter than an interval, so
 * samples hit them by chance, and the number of hits varies by its square root. Without a hit, the same as for one. Without a profile
 * (null) they are exact.
 */
export function gcUncertainty({ wall, gc }: Times, intervalMicros: Microseconds | null): Microseconds {
  if (intervalMicros === null) return 0
  return Math.min(wall, NORMAL_95 * Math.sqrt(intervalMicros * Math.max(gc, intervalMicros)))
}
