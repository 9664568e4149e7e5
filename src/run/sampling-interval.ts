// The interval that `samplingIntervalMicros: 'auto'` stands for.

import type { Microseconds } from '../profile/profile.js'

/**
 * Fine for a few files, where every detail counts; coarse for suites, where samples would be most of the cost. What stays whatever the
 * interval is V8's logging of compiled functions and our own part: `npm run bench -- cost` measures all of it.
 */
export function automaticInterval(testFiles: number): Microseconds {
  if (samplesFinely(testFiles)) return 1000
  return testFiles < 20 ? 5000 : 10_000
}

/** Few files: every detail counts, and what it costs does not. */
export function samplesFinely(testFiles: number): boolean {
  return testFiles < 10
}
