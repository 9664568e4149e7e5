// The sampling interval of a run: the option's, or by the number of test files; null without a profile.

import type { Options } from '../options/options.js'
import type { Microseconds } from '../profile/profile.js'
import { takesSamples } from '../recording/enums.js'

/**
 * `auto` is fine for a few files, where details count, and coarse for suites, where samples would be most of the cost. V8's logging of
 * compiled functions and our own work cost the same at any interval: `npm run bench -- cost` measures all of it.
 */
export function samplingIntervalFor(
  { engine, samplingIntervalMicros }: Pick<Options, 'engine' | 'samplingIntervalMicros'>,
  testFiles: number,
): Microseconds | null {
  if (!takesSamples({ engine })) return null
  if (samplingIntervalMicros !== 'auto') return samplingIntervalMicros
  if (samplesFinely(testFiles)) return 1000
  return testFiles < 20 ? 5000 : 10_000
}

/** Whether a run has so few files that details matter more than the cost. */
export function samplesFinely(testFiles: number): boolean {
  return testFiles < 10
}
