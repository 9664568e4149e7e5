// The cost of profiling a run: our own work is measured, that of V8 is estimated. `npm run bench -- cost` checks the estimate.

import { mean, sum } from 'd3-array'
import type { Microseconds } from '../../profile/profile.js'
import { takesSamples } from '../../recording/enums.js'
import type { RecordingHeader } from '../../recording/recording.js'
import type { RunRecord } from '../record/run-record.js'
import { toMs } from '../rounding.js'

/** Costs of a sample: the thread is stopped while its stack is read, and V8's sampler adds the stack to a call tree. */
const READING_A_STACK: Microseconds = 45
const WORK_OF_SAMPLER: Microseconds = 65
/**
 * How much more it is than what can be timed. V8 logs each function that is compiled while a profile is alive and compiles our own code on
 * other threads; what is noted at boundaries and at loads of modules is not timed; and tests share caches and collections with us. Fitted
 * to the suites of react-hook-form, React Native Testing Library, moleculer and downshift, in band on Node 20.
 */
const BEYOND_TIMED = { withProfile: 1.85, withoutProfile: 3 }

type CostlyHeader = Pick<RecordingHeader, 'engine' | 'overheadMicros' | 'samplerMicros'>

interface Costly {
  readonly headers: readonly CostlyHeader[]
  /** Time of folding, resolving and reporting in the parent process. */
  readonly mergeMicros: Microseconds
  readonly samples: number
}

/** What profiling cost a run, in milliseconds of CPU time in all processes. */
export function profilingCostMs({ files, mergeMicros }: Pick<RunRecord, 'files' | 'mergeMicros'>): number {
  const recordings = files.flatMap(({ recording }) => recording ?? [])
  return estimateProfilingCostMs({
    headers: recordings.map(({ header }) => header),
    samples: sum(recordings, ({ times }) => times.whole.samplesTaken),
    mergeMicros,
  })
}

/** Milliseconds of CPU time in all processes. */
export function estimateProfilingCostMs({ headers, mergeMicros, samples }: Costly): number {
  const isMeasured = headers.every(({ samplerMicros }) => samplerMicros !== null)
  const sampler = isMeasured ? 0 : samples * WORK_OF_SAMPLER
  const ofRecording = sum(headers, header => {
    const { overheadMicros, samplerMicros } = header
    return beyondTimed(header) * (overheadMicros + (isMeasured ? (samplerMicros ?? 0) : 0))
  })
  const ofSamples = BEYOND_TIMED.withProfile * (sampler + samples * READING_A_STACK)
  const ofMerging = (mean(headers, beyondTimed) ?? 1) * mergeMicros
  return toMs(Math.round(ofRecording + ofSamples + ofMerging))
}

function beyondTimed(header: CostlyHeader): number {
  return takesSamples(header) ? BEYOND_TIMED.withProfile : BEYOND_TIMED.withoutProfile
}
