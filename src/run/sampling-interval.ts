// The sampling interval of a run: as the option says, or by how many test files there are.

import type { Options } from '../options/options.js'
import type { Microseconds } from '../profile/profile.js'

/**
 * `auto` is fine for a few files, where every detail counts, and coarse for suites, where samples would be most of the cost. The
 * rest of the cost is V8's logging of compiled functions and our own work, at any interval: `npm run bench -- cost` measures it all.
 */
export function samplingIntervalFor(
  { samplingIntervalMicros }: Pick<Options, 'samplingIntervalMicros'>,
  testFiles: number,
): Microseconds {
  if (samplingIntervalMicros !== 'auto') return samplingIntervalMicros
  if (samplesFinely(testFiles)) return 1000
  return testFiles < 20 ? 5000 : 10_000
}

/** In a run of a few files every detail counts, and the cost does not. */
export function samplesFinely(testFiles: number): boolean {
  return testFiles < 10
}
