// How long the thread was idle, collected garbage or stood still in a synchronous call, from the samples of a
// recording, cut at the borders of its segments: with the time that was none of these it makes up each segment.

import type { ResolvedRecording } from '../import/resolved-recording.js'
import { at, lowerBound } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import { blockingKinds } from './blocking.js'
import { periodicSamples } from './periodic-samples.js'
import { threadTime } from './thread-time.js'

export interface Times {
  wall: Microseconds
  /** Nothing to run. */
  idle: Microseconds
  gc: Microseconds
  /** In a synchronous call that waits: neither idle nor CPU, though it counts as what was not idle. */
  blocked: Microseconds
  /** V8's periodic samples, without those that it takes in between. */
  sampleCount: number
  /** All samples: each of them costs time. */
  samplesTaken: number
  /** For how long the thread really ran, by its own clock; undefined where Node cannot tell. */
  thread?: Microseconds
  /**
   * Squares of the times between the two samples around each change between idle and not, as far as they lie within the
   * window, added up: the change was at any moment between them, which on a busy machine is much more than one interval.
   */
  squaredGaps: number
  /**
   * Half of these times, added up, of changes from not idle to idle less those of the others: all of it is booked to what
   * came first, so that by so much idle time is too short on average.
   */
  lateness: Microseconds
}

export const NO_TIME: Readonly<Times> = {
  wall: 0,
  idle: 0,
  gc: 0,
  blocked: 0,
  sampleCount: 0,
  samplesTaken: 0,
  squaredGaps: 0,
  lateness: 0,
}

export function sum(times: readonly Readonly<Times>[]): Times {
  const total: Times = { ...NO_TIME }
  const threads = times.map(({ thread }) => thread)
  if (threads.length > 0 && threads.every(thread => thread !== undefined))
    total.thread = threads.reduce((total, thread) => total + thread, 0)
  for (const { wall, idle, gc, blocked, sampleCount, samplesTaken, squaredGaps, lateness } of times) {
    total.wall += wall
    total.idle += idle
    total.gc += gc
    total.blocked += blocked
    total.sampleCount += sampleCount
    total.samplesTaken += samplesTaken
    total.squaredGaps += squaredGaps
    total.lateness += lateness
  }
  return total
}

interface Window {
  start: Microseconds
  end: Microseconds
}

/** One for each window; windows have to be in order and must not overlap. */
export function segmentTimes(recording: ResolvedRecording, windows: readonly Window[]): Times[] {
  const { samples, nodes, frames, header } = recording
  const blocking = blockingKinds(recording)
  const periodic = periodicSamples(recording)
  const states = nodes.frame.map((frame, node) => {
    const { category } = at(frames, frame)
    if (category === 'idle' || category === 'gc') return category
    return blocking[node] === undefined ? 'busy' : 'blocked'
  })
  const threadOf = recording.clock === null ? undefined : threadTime(recording.clock)
  let sample = lowerBound(samples.time, windows[0]?.start ?? 0)
  return windows.map(({ start, end }) => {
    const times: Times = { ...NO_TIME, wall: end - start }
    if (threadOf !== undefined) times.thread = threadOf({ start, end })
    // The sample before the window reaches into it; the last one of the window before may do so again.
    while (sample > 0 && (samples.time[sample] ?? Number.POSITIVE_INFINITY) > start) sample--
    // Of several samples at its very start all are its own.
    while (sample + 1 < samples.time.length && at(samples.time, sample) < start) {
      if (at(samples.time, sample + 1) > start) break
      sample++
    }
    let previous: { isIdle: boolean; within: Microseconds } | undefined
    for (let current = sample; current < samples.time.length; current++) {
      const from = at(samples.time, current)
      if (from >= end) break
      if (from >= start) {
        times.samplesTaken++
        if (at(periodic, current)) times.sampleCount++
      }
      const to = samples.time[current + 1] ?? header.wallMicros
      const within = Math.min(end, to) - Math.max(start, from)
      const state = at(states, at(samples.node, current))
      sample = current
      if (within <= 0) continue
      if (state !== 'busy') times[state] += within
      const isIdle = state === 'idle'
      if (previous !== undefined && previous.isIdle !== isIdle) {
        times.squaredGaps += previous.within ** 2
        times.lateness += (isIdle ? previous.within : -previous.within) / 2
      }
      previous = { isIdle, within }
    }
    return times
  })
}

/** Of 95 in 100 such figures the true idle time, and so the CPU time, is no farther away. */
const NORMAL_95 = 1.96

/**
 * Microseconds either way. A change between idle and not is seen at the next sample: an error that is spread evenly
 * over the time between the two, with half of it as its mean and a twelfth of its square as its variance. And a stretch
 * between two samples that saw the same may be as long as an interval: hit or missed, its variance is a quarter of that
 * one's square at the most.
 */
export function uncertainty(
  { wall, sampleCount, squaredGaps, lateness }: Times,
  intervalMicros: Microseconds,
): Microseconds {
  if (sampleCount === 0) return wall
  const spread = NORMAL_95 * Math.sqrt(squaredGaps / 12 + intervalMicros ** 2 / 4)
  return Math.min(wall, Math.abs(lateness) + spread)
}

/**
 * Microseconds either way, for the time of garbage collection: collections are mostly shorter than an interval, so that
 * samples hit them by chance, and the number of hits varies by its square root. Without a hit, as for one.
 */
export function gcUncertainty({ wall, gc }: Times, intervalMicros: Microseconds): Microseconds {
  return Math.min(wall, NORMAL_95 * Math.sqrt(intervalMicros * Math.max(gc, intervalMicros)))
}
