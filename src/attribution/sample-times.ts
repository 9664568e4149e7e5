// From when on each sample of a recording stands for its stack, for how long, and which samples count.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import { spanCursor } from '../profile/time-spans.js'
import { blockingKinds } from './blocking.js'
import { perRecording } from './per-recording.js'
import { timeline } from './timeline.js'

/** A gap of more intervals is a pause of V8's sampler, not its jitter. */
const PAUSE_INTERVALS = 2

/**
 * Usually a sample's own timestamp. On a busy machine V8's sampler may pause for longer than a test takes: code that was seen
 * first after a pause stands for its test, hook or phase from the beginning of that, else the code before it would have
 * more time than its own test took. Ascending, and each in the same segment as the sample.
 */
export const sampleTimes = perRecording((recording): readonly Microseconds[] => {
  const { header, samples, nodes, frames } = recording
  const longest = PAUSE_INTERVALS * header.samplingIntervalMicros
  const segmentAt = spanCursor(timeline(recording))
  const blocking = blockingKinds(recording)
  // What is idle, a collection or blocked is told apart by timestamps alone: how wrong that may be is known.
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

/** A sample stands for the time until the next one, the last for the rest of the recording. */
export const sampleWeights = perRecording((recording): readonly Microseconds[] => {
  const times = sampleTimes(recording)
  return times.map((time, sample) => Math.max(0, (times[sample + 1] ?? recording.header.wallMicros) - time))
})

/** In intervals: a sample that comes this much earlier than the next periodic one is expected may be that one. */
const JITTER = 0.5
/** In intervals: two periodic samples are farther apart, even where the first one was late. */
const LEAST_GAP = 0.25

/**
 * For each sample, whether V8 took it because an interval was over. It takes others as well, whenever it deoptimizes a function
 * or starts a profile, and marks neither kind: a run that deoptimizes a lot has several times as many samples as intervals. At
 * most one sample per interval counts as periodic, and after a pause of the sampler the first one. Weights are not concerned:
 * every sample stands for the time until the next one, whatever made V8 take it.
 * https://github.com/v8/v8/blob/13.6.233/src/profiler/cpu-profiler.cc (ProfilerCodeObserver::CodeEventHandlerInternal, AddDeoptStack)
 */
export const periodicSamples = perRecording(({ header, samples }): readonly boolean[] => {
  const interval = header.samplingIntervalMicros
  let expected = Number.NEGATIVE_INFINITY
  return samples.time.map(time => {
    if (time < expected - JITTER * interval) return false
    expected = Math.max(expected + interval, time + (LEAST_GAP + JITTER) * interval)
    return true
  })
})
