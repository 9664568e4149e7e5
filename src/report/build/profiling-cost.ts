// What profiling a run has cost: our own work as measured, and what V8 does for us while tests run as estimated, which `npm run bench -- cost` checks.

import type { Microseconds } from '../../profile/profile.js'
import type { RecordingHeader } from '../../recording/recording.js'
import { toMs } from '../rounding.js'

/** For each sample: the thread stands still while its stack is read, and V8's sampler makes a call tree of it. */
const READING_A_STACK: Microseconds = 45
const WORK_OF_SAMPLER: Microseconds = 65
/**
 * The share of all CPU time that V8 takes however seldom it samples: it logs each function that is compiled while a profile is alive, and the
 * tests share cores and caches with the threads that work for us. With it the estimate was within a third of what two
 * suites took more, at 1 and at 10 ms; without, it was a third too low.
 */
const SHARE_OF_TESTS = 0.1

interface Costly {
  readonly headers: readonly Pick<RecordingHeader, 'overheadMicros' | 'samplerMicros'>[]
  /** What folding, resolving and reporting took in the parent. */
  readonly mergeMicros: Microseconds
  readonly samples: number
  /** The sum over all files. */
  readonly cpuMs: number
}

/** CPU time in milliseconds, of all processes together. */
export function estimateProfilingCostMs({ headers, mergeMicros, samples, cpuMs }: Costly): number {
  const own = headers.reduce((sum, { overheadMicros }) => sum + overheadMicros, mergeMicros)
  const measured = headers.flatMap(({ samplerMicros }) => samplerMicros ?? [])
  const isMeasured = measured.length === headers.length
  const sampler = isMeasured ? measured.reduce((sum, micros) => sum + micros, 0) : samples * WORK_OF_SAMPLER
  return toMs(Math.round(own + sampler + samples * READING_A_STACK + 1000 * cpuMs * SHARE_OF_TESTS))
}
