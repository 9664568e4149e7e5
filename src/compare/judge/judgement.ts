// What is said of a row.

import type { ComparisonRow } from '../comparison.js'
import type { Measured } from '../rows.js'

/** What is less matters to nobody, however sure it is. */
export const LEAST_CHANGE_PERCENT = 3

export type Judgement = Pick<ComparisonRow, 'interval95Ms' | 'p' | 'pAdjusted' | 'verdict'>

/** Says nothing of a figure but what `verdict` does. */
export function unjudged(verdict: ComparisonRow['verdict']): Judgement {
  return { interval95Ms: null, p: null, pAdjusted: null, verdict }
}

/** Of what is on one side only; undefined: it is on both. */
export function oneSided({ base, head }: Measured): Judgement | undefined {
  if (base === null) return unjudged('added')
  return head === null ? unjudged('removed') : undefined
}
