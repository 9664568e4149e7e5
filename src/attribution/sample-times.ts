// From when on each sample of a recording stands for its stack, and for how long.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import { spanCursor } from '../profile/time-spans.js'
import { blockingKinds } from './blocking.js'
import { perRecording } from './per-recording.js'
import { timeline } from './timeline.js'

/** A gap of more intervals is a pause of V8's sampler, not its jitter. */
const PAUSE_INTERVALS = 2

/**
 * Mostly a sample's own moment. On a busy machine V8's sampler may pause for longer than a test takes: code that was seen
 * first after a pause stands for its test, hook or phase from the beginning of that, else the code before it would have
 * more time than its own test took. Ascending, and each in the same segment as the sample.
 */
export const sampleTimes = perRecording((recording): readonly Microseconds[] => {
  const { header, samples, nodes, frames } = recording
  const longest = PAUSE_INTERVALS * header.samplingIntervalMicros
  const segmentAt = spanCursor(timeline(recording))
  const blocking = blockingKinds(recording)
  // What is idle, a collection or blocked is told apart by moments alone: by how much it may be wrong is known.
  const isCode = (sample: number) => {
    const node = at(samples.node, sample)
    const { category } = at(frames, at(nodes.frame, node))
    return category !== 'idle' && category !== 'gc' && blocking[node] === undefined
  }
  return samples.time.map((moment, sample) => {
    const previous = samples.time[sample - 1]
    if (previous === undefined || moment - previous <= longest) return moment
    if (!isCode(sample - 1) || !isCode(sample)) return moment
    const { start = moment } = segmentAt(moment) ?? {}
    return start > previous ? start : moment
  })
})

/** A sample stands for the time until the next one, the last for the rest of the recording. */
export const sampleWeights = perRecording((recording): readonly Microseconds[] => {
  const times = sampleTimes(recording)
  return times.map((time, sample) => Math.max(0, (times[sample + 1] ?? recording.header.wallMicros) - time))
})
