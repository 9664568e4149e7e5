// The change of a call between the sides, and whether it is more than noise. Amounts are in the unit of the trees.
//
// A call path has no row in the comparison's tables, so it is judged separately: by Welch's statistic over the means of the
// runs, with at least the variance of sampling (Poisson: the variance of n samples is n). The result only marks calls, it is
// no claim: of 100 calls that did not change, a few are marked.

import type { ValueType } from '../../profile/profile.js'
import { type ComparedCall, mean } from './compared-trees.js'

/** A change by no more standard errors of the difference is noise. */
export const NOISE_ERRORS = 3
/** With fewer runs per side, the ranges must not overlap, because the variance is unknown. */
const FEW_RUNS = 4

export interface CallChange {
  readonly kind: 'new' | 'gone' | 'slower' | 'faster' | 'noise' | 'unmatched'
  readonly base: number
  readonly head: number
  /** Head minus base. */
  readonly by: number
  /** The change as a share of base; infinite if base is 0. */
  readonly share: number
}

export interface NoiseFloor {
  readonly unit: ValueType['unit']
  /** The sampling interval of times. */
  readonly intervalMicros: number
  /** The share by which the machine may have changed. */
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
): CallChange['kind'] {
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
