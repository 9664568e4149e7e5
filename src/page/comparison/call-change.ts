// How much a call changed between the sides, and whether that is more than noise. Amounts in the unit of the trees.
//
// A call path has no row in the comparison's tables, so that it is judged on its own: by Welch's statistic over the means
// of the runs, where the variance is never taken to be less than that of sampling (samples come as in Poisson's law: of
// n samples the variance is n). That marks calls; it is no claim. Of a hundred calls that did not change, a few are marked.

import type { ValueType } from '../../profile/profile.js'
import { type ComparedCall, mean } from './compared-trees.js'

/** Standard errors of the difference that count as noise. */
export const NOISE_ERRORS = 3
/** Runs of a side below which their ranges must not overlap either: of so few the scatter is not known. */
const FEW_RUNS = 4

type ChangeKind = 'new' | 'gone' | 'slower' | 'faster' | 'noise' | 'unmatched'

export interface CallChange {
  readonly kind: ChangeKind
  readonly base: number
  readonly head: number
  /** Head less base. */
  readonly by: number
  /** The change as a share of base; infinite where base is 0. */
  readonly share: number
}

export interface NoiseFloor {
  /** Only time is sampled at an interval. */
  readonly unit: ValueType['unit']
  readonly intervalMicros: number
  /** Share that the machine itself may have changed by. */
  readonly allowance: number
}

export function changeOf(call: ComparedCall, floor: NoiseFloor): CallChange {
  const [base, head] = [mean(call.ofBase), mean(call.ofHead)]
  const by = head - base
  const share = base === 0 ? (by === 0 ? 0 : Number.POSITIVE_INFINITY) : by / base
  return { kind: kindOf(call, { base, head, by, share }, floor), base, head, by, share }
}

function kindOf(
  call: ComparedCall,
  { base, head, by, share }: Omit<CallChange, 'kind'>,
  floor: NoiseFloor,
): ChangeKind {
  if (call.isUnmatched) return 'unmatched'
  if (isNoise(call, floor) || Math.abs(share) <= floor.allowance) return 'noise'
  if (base === 0) return 'new'
  if (head === 0) return 'gone'
  return by > 0 ? 'slower' : 'faster'
}

function isNoise({ ofBase, ofHead }: ComparedCall, { unit, intervalMicros }: NoiseFloor): boolean {
  const interval = unit === 'microseconds' ? intervalMicros : 0
  const error = Math.sqrt(varianceOfMean(ofBase, interval) + varianceOfMean(ofHead, interval))
  if (Math.abs(mean(ofHead) - mean(ofBase)) <= NOISE_ERRORS * error) return true
  const isFew = Math.min(ofBase.length, ofHead.length) < FEW_RUNS
  return isFew && Math.min(...ofBase) <= Math.max(...ofHead) && Math.min(...ofHead) <= Math.max(...ofBase)
}

function varianceOfMean(times: Float64Array, intervalMicros: number): number {
  const middle = mean(times)
  const squares = times.reduce((sum, time) => sum + (time - middle) ** 2, 0)
  const ofRuns = times.length < 2 ? 0 : squares / (times.length - 1)
  return Math.max(ofRuns, middle * intervalMicros) / Math.max(1, times.length)
}
