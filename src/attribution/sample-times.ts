// When each sample of a recording begins to represent its stack, for how long, and which samples are periodic.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import { spanCursor } from '../profile/time-spans.js'
import { blockingKinds } from './blocking.js'
import { perRecording } from './per-recording.js'
import { timeline } from './timeline.js'

/** A longer gap, in intervals, is a pause of V8's sampler and not jitter. */
const PAUSE_INTERVALS = 2

/**
 * Start of each sample: usually its own timestamp. On a busy machine V8's sampler may pause for longer than a test takes. The first
 * code seen after a pause represents its test, hook or phase from the beginning: otherwise the code before it would get more time
 * than its test took. Ascending, and each in the same segment as its sample.
 */
export const sampleTimes = perRecording((recording): readonly Microseconds[] => {
  const { header, samples, nodes, frames } = recording
  // States are exact.
  if (header.samplingIntervalMicros === null) return samples.time
  const longest = PAUSE_INTERVALS * header.samplingIntervalMicros
  const segmentAt = spanCursor(timeline(recording))
  const blocking = blockingKinds(recording)
  // Idle, collection and blocked samples keep their timestamps, because the error of those is known.
  const isCode = (sample: number) => {
    const node = at(samples.node, sample)
    const { category } = at(frames, at(nodes.frame, node))
    return category !== 'idle' && category !== 'gc' && blocking[node] === undefined
  }
  return samples.time.map((timestamp, sample) => {
    const previous = samples.time[sample - 1]
    if (previous === undefined || timestamp - previous <= longest) return timestamp
    if (!isCode(sample - 1) || !isCode(sample)) return timestamp
    const { start = timestamp } = segmentAt(timestamp) ?? {}
    return start > previous ? start : timestamp
  })
})

/** A sample represents the time until the next one, the last the rest of the recording. */
export const sampleWeights = perRecording((recording): readonly Microseconds[] => {
  const times = sampleTimes(recording)
  return times.map((time, sample) => Math.max(0, (times[sample + 1] ?? recording.header.wallMicros) - time))
})

/** In intervals: how much earlier than expected a sample may be and still count as periodic. */
const JITTER = 0.5
/** In intervals: the least distance of two periodic samples, even if the first was late. */
const LEAST_GAP = 0.25

/**
 * For each sample, whether V8 took it because an interval had passed; without a profile, none is. V8 also takes samples when it deoptimizes a function or
 * starts a profile, and marks neither kind: with many deoptimizations there are several times as many samples as intervals. At most
 * one sample per interval, and the first one after a pause, count as periodic. Weights are not affected: every sample represents
 * the time until the next one. https://github.com/v8/v8/blob/13.6.233/src/profiler/cpu-profiler.cc
 * (ProfilerCodeObserver::CodeEventHandlerInternal, AddDeoptStack)
 */
export const periodicSamples = perRecording(({ header, samples }): readonly boolean[] => {
  const interval = header.samplingIntervalMicros
  if (interval === null) return samples.time.map(() => false)
  let expected = Number.NEGATIVE_INFINITY
  return samples.time.map(time => {
    if (time < expected - JITTER * interval) return false
    expected = Math.max(expected + interval, time + (LEAST_GAP + JITTER) * interval)
    return true
  })
})
