// What is said of a row, and how certain it is.

import { roundMs } from '../../report/rounding.js'
import type { Certainty, ComparisonRow } from '../comparison.js'
import { known } from '../hypotheses.js'
import type { Measured } from '../rows.js'

/** Percent: less does not matter, however certain it is. */
export const LEAST_CHANGE_PERCENT = 3

export type Judgement = Pick<ComparisonRow, 'interval95Ms' | 'p' | 'pAdjusted' | 'verdict'>

/** A verdict alone, without an interval or a test. */
export function unjudged(verdict: ComparisonRow['verdict']): Judgement {
  return { interval95Ms: null, p: null, pAdjusted: null, verdict }
}

/** For what is on one side only; undefined: it is on both. */
export function oneSided({ base, head }: Measured): Judgement | undefined {
  if (base === null) return unjudged('added')
  return head === null ? unjudged('removed') : undefined
}

/**
 * Judges one run against one run: whether a change is beyond what sampling may be off by. How much runs differ from each
 * other is not in that, so it is no claim about the code.
 */
export function judgeBySamplingError(rows: readonly Measured[]): Map<Measured, Judgement> {
  return new Map(rows.map(row => [row, oneSided(row) ?? judgementOf(row)]))
}

// A figure by the clock has no error of sampling, and nothing else to be judged by.
function judgementOf({ base, head, changeMs }: Measured): Judgement {
  const errors = [base?.errorMs ?? null, head?.errorMs ?? null].filter(error => error !== null)
  if (changeMs === null || errors.length === 0) return unjudged('too few runs')
  const error = Math.hypot(...errors)
  return {
    ...unjudged(Math.abs(changeMs) > error ? 'beyond sampling error' : 'within sampling error'),
    interval95Ms: [roundMs(changeMs - error), roundMs(changeMs + error)],
  }
}

/** Two runs a side do not overlap by chance in one of three cases; apart by as much as they differ, hardly ever. */
const LEAST_RUNS_FOR_CLEAR = 2

/**
 * `proven`: more than noise, corrected for all that was tested. `clear`: no run of one side is among those of the other, they are apart
 * by at least as much as the runs of either side are from each other, and it is enough to matter. All else is `unclear`.
 */
export function certaintyOf(
  { verdict, base, head, changeMs, changePercent }: Omit<ComparisonRow, 'certainty'>,
  intervalMs: number,
): Certainty {
  if (verdict === 'slower' || verdict === 'faster') return 'proven'
  if (verdict === 'within drift' || base === null || head === null) return 'unclear'
  const [before, after] = [known(base.values), known(head.values)]
  if (Math.min(before.length, after.length) < LEAST_RUNS_FOR_CLEAR) return 'unclear'
  const isLarge = Math.abs(changePercent ?? Number.POSITIVE_INFINITY) >= LEAST_CHANGE_PERCENT
  if (!isLarge || Math.abs(changeMs ?? 0) < intervalMs) return 'unclear'
  const apart = Math.max(Math.min(...after) - Math.max(...before), Math.min(...before) - Math.max(...after))
  const spread = Math.max(rangeOf(before), rangeOf(after))
  return apart > 0 && apart >= spread ? 'clear' : 'unclear'
}

function rangeOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values)
}
