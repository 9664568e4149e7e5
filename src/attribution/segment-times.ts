// What the time of a recording's segments was made of: the pieces that samples and the thread's own clock cut it into, added up.

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
  /** For how long the thread ran, by its own clock; where there is none, what was neither idle nor blocked. */
  cpu: Microseconds
  /** It could run, and had no core; undefined where its clock cannot be had: then that is part of `cpu`. */
  ready: Microseconds | undefined
  /** In a synchronous call that waits. */
  blocked: Microseconds
  /** Nothing to run. */
  idle: Microseconds
  /** Part of `cpu`. */
  gc: Microseconds
  /** V8's periodic samples, without those that it takes in between. */
  sampleCount: number
  /** All samples: each of them costs time. */
  samplesTaken: number
  /**
   * Squares of the times between the two samples around each change between idle and not, as far as they lie within the
   * window, added up: the change was at any time between them, which on a busy machine is much more than one interval.
   */
  squaredGaps: number
  /**
   * Half of these times, added up, of changes from not idle to idle less those of the others: all of it is booked to what
   * came first, so that by so much idle time is too short on average.
   */
  lateness: Microseconds
  /**
   * Squares of the steps in which the thread's clock goes, added up: a window begins and ends anywhere in one. Infinite where it was
   * not read until the end.
   */
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

/** One for each span. They must be in order, without overlap. */
export function segmentTimes(recording: ResolvedRecording, spans: readonly TimeSpan[]): Times[] {
  const { header } = recording
  const { start: starts, sample, state, ran, step, clockedUntil } = sampledPieces(recording)
  const periodic = periodicSamples(recording)
  let piece = lowerBound(starts, spans[0]?.start ?? 0)
  return spans.map(({ start, end }) => {
    const times: Times = { ...NO_TIME, wall: end - start }
    if (step === undefined) times.ready = undefined
    else times.squaredSteps = end <= clockedUntil + step ? step ** 2 : Number.POSITIVE_INFINITY
    // The piece before the window reaches into it; the last one of the window before may do so again.
    while (piece > 0 && (starts[piece] ?? Number.POSITIVE_INFINITY) > start) piece--
    // All that begin at its very start are its own.
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

/** For each segment of the recording's timeline. */
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

/** In standard deviations: in 95 of 100 cases the true idle time, and so the CPU time, is no farther away. */
const NORMAL_95 = 1.96

/**
 * Microseconds either way. A change between idle and not is seen at the next sample: an error that is spread evenly
 * over the time between the two, with half of it as its mean and a twelfth of its square as its variance. And a span
 * between two samples that saw the same may be as long as an interval: hit or missed, its variance is a quarter of that
 * one's square at most. Where the thread has a clock, it is no farther from that than its steps are long: the error at
 * either boundary of a window is spread evenly over one.
 */
export function uncertainty(times: Times, intervalMicros: Microseconds): Microseconds {
  const seen = uncertaintyOfSamples(times, intervalMicros)
  return times.ready === undefined ? seen : Math.min(seen, NORMAL_95 * Math.sqrt(times.squaredSteps / 6))
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
 * Microseconds either way, for the time of garbage collection: collections are usually shorter than an interval, so that
 * samples hit them by chance, and the number of hits varies by its square root. Without a hit, as for one.
 */
export function gcUncertainty({ wall, gc }: Times, intervalMicros: Microseconds): Microseconds {
  return Math.min(wall, NORMAL_95 * Math.sqrt(intervalMicros * Math.max(gc, intervalMicros)))
}
