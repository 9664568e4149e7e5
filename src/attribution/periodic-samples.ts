// Which samples V8 took because an interval was over. It takes others as well, whenever it deoptimizes a function or
// starts a profile, and marks neither kind: a run that deoptimizes a lot has several times as many samples as intervals.
// https://github.com/v8/v8/blob/13.6.233/src/profiler/cpu-profiler.cc (ProfilerCodeObserver::CodeEventHandlerInternal, AddDeoptStack)

import { perRecording } from './per-recording.js'

/** In intervals: a sample that comes this much earlier than the next periodic one is expected may be that one. */
const JITTER = 0.5
/** In intervals: two periodic samples are farther apart, even where the first one was late. */
const LEAST_GAP = 0.25

/**
 * One entry per sample: whether it counts as periodic. At most one per interval does, and after a pause of the sampler the
 * first one. Weights are not concerned: every sample stands for the time until the next one, whatever made V8 take it.
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
