// How sure a change is, in a word.

import type { Certainty, ComparisonRow } from '../comparison.js'
import { known } from '../hypotheses.js'
import { LEAST_CHANGE_PERCENT } from './judgement.js'

/** Two runs a side do not overlap by chance in one of three cases; apart by as much as they differ, hardly ever. */
const LEAST_RUNS = 2

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
  if (Math.min(before.length, after.length) < LEAST_RUNS) return 'unclear'
  const isLarge = Math.abs(changePercent ?? Number.POSITIVE_INFINITY) >= LEAST_CHANGE_PERCENT
  if (!isLarge || Math.abs(changeMs ?? 0) < intervalMs) return 'unclear'
  const apart = Math.max(Math.min(...after) - Math.max(...before), Math.min(...before) - Math.max(...after))
  const spread = Math.max(rangeOf(before), rangeOf(after))
  return apart > 0 && apart >= spread ? 'clear' : 'unclear'
}

function rangeOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values)
}
