// The verdict on a row, and how certain it is.

import { roundMs } from '../../report/rounding.js'
import type { Certainty, ComparisonRow } from '../comparison.js'
import { known } from '../hypotheses.js'
import type { Measured } from '../rows.js'

/** Percent: a smaller change does not matter, however certain it is. */
export const LEAST_CHANGE_PERCENT = 3

export type Judgement = Pick<ComparisonRow, 'interval95Ms' | 'p' | 'pAdjusted' | 'verdict'>

/** A verdict alone, without an interval or a test. */
export function unjudged(verdict: ComparisonRow['verdict']): Judgement {
  return { interval95Ms: null, p: null, pAdjusted: null, verdict }
}

/** The judgement of an entity on one side only; undefined if it is on both. */
export function oneSided({ base, head }: Measured): Judgement | undefined {
  if (base === null) return unjudged('added')
  return head === null ? unjudged('removed') : undefined
}

/**
 * Judges one run against one run: whether a change is larger than the sampling error. The variation between runs is unknown,
 * so this is no claim about the code.
 */
export function judgeBySamplingError(rows: readonly Measured[]): Map<Measured, Judgement> {
  return new Map(rows.map(row => [row, oneSided(row) ?? judgementOf(row)]))
}

/** A figure measured by the clock has no sampling error, so it cannot be judged. */
function judgementOf({ base, head, changeMs }: Measured): Judgement {
  const errors = [base?.errorMs ?? null, head?.errorMs ?? null].filter(error => error !== null)
  if (changeMs === null || errors.length === 0) return unjudged('too few runs')
  const error = Math.hypot(...errors)
  return {
    ...unjudged(Math.abs(changeMs) > error ? 'beyond sampling error' : 'within sampling error'),
    interval95Ms: [roundMs(changeMs - error), roundMs(changeMs + error)],
  }
}

/** Two runs per side do not overlap in one of three cases by chance, but their distance rarely exceeds their spread. */
const LEAST_RUNS_FOR_CLEAR = 2

/**
 * `proven`: significant after correction for multiple tests. `clear`: the runs of the two sides do not overlap, their distance
 * is at least the spread of either side, and the change is large enough to matter. Otherwise `unclear`.
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
