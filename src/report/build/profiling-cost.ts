// The cost of profiling a run: our own work is measured, that of V8 is estimated. `npm run bench -- cost` checks the estimate.

import { sum } from 'd3-array'
import type { Microseconds } from '../../profile/profile.js'
import type { RecordingHeader } from '../../recording/recording.js'
import { toMs } from '../rounding.js'

/** Costs of a sample: the thread is stopped while its stack is read, and V8's sampler adds the stack to a call tree. */
const READING_A_STACK: Microseconds = 45
const WORK_OF_SAMPLER: Microseconds = 65
/**
 * The share of all CPU time that V8 takes at any interval: it logs each function that is compiled while a profile is
 * alive, and tests share cores and caches with our threads. With this share the estimate was within a third of the cost
 * measured in two suites at 1 and at 10 ms; without it, the estimate was a third too low.
 */
const SHARE_OF_TESTS = 0.1

interface Costly {
  readonly headers: readonly Pick<RecordingHeader, 'overheadMicros' | 'samplerMicros'>[]
  /** Time of folding, resolving and reporting in the parent process. */
  readonly mergeMicros: Microseconds
  readonly samples: number
  /** Of test files that V8 was profiling. */
  readonly cpuMs: number
}

/** Milliseconds of CPU time in all processes. */
export function estimateProfilingCostMs({ headers, mergeMicros, samples, cpuMs }: Costly): number {
  const own = mergeMicros + sum(headers, ({ overheadMicros }) => overheadMicros)
  const measured = headers.flatMap(({ samplerMicros }) => samplerMicros ?? [])
  const isMeasured = measured.length === headers.length
  const sampler = isMeasured ? sum(measured) : samples * WORK_OF_SAMPLER
  return toMs(Math.round(own + sampler + samples * READING_A_STACK + 1000 * cpuMs * SHARE_OF_TESTS))
}
