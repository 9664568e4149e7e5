// How long a test or a concurrent group had nothing to run, or collected garbage, from the samples of its file.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import { sampleWeights } from './fold-recording.js'
import type { ResolvedRecording } from './resolved-recording.js'

export interface Window {
  start: Microseconds
  end: Microseconds
}

export interface WindowTimes {
  readonly idle: Microseconds
  readonly gc: Microseconds
  /** Samples taken within the window. */
  readonly sampleCount: number
}

/**
 * The times of a window of that recording. Unlike functions, which are a matter of what was seen, idle time is cut at
 * the window's borders: with the time that was not idle it makes up the window.
 */
export function windowTimes(recording: ResolvedRecording): (window: Window) => WindowTimes {
  const { samples, nodes, frames } = recording
  const weights = sampleWeights(recording)
  return ({ start, end }) => {
    let [idle, gc, sampleCount] = [0, 0, 0]
    for (let sample = lastBefore(samples.time, start); sample < samples.time.length; sample++) {
      const time = at(samples.time, sample)
      if (time >= end) break
      if (time >= start) sampleCount++
      const { category } = at(frames, at(nodes.frame, at(samples.node, sample)))
      const within = Math.min(end, time + at(weights, sample)) - Math.max(start, time)
      if (within <= 0) continue
      if (category === 'idle') idle += within
      if (category === 'gc') gc += within
    }
    return { idle, gc, sampleCount }
  }
}

/** Position of the last sample before a moment, 0 when there is none. */
function lastBefore(times: readonly Microseconds[], moment: Microseconds): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(times, middle) < moment) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
