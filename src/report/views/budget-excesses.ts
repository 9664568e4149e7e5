// The exceeded limits of all budgets together.

import { sum } from 'd3-array'
import { compareText } from '../../profile/order.js'
import type { BudgetExcess } from '../budget-report.js'
import type { Report } from '../report.js'

/** Returns excesses that fail the run first, then by how far they are over the limit. Equal ones keep the order of the budgets. */
export function excessesOf({ budgets }: Pick<Report, 'budgets'>): BudgetExcess[] {
  return budgets.flatMap(({ excesses }) => excesses).toSorted(compareExcesses)
}

export function compareExcesses(
  a: Pick<BudgetExcess, 'verdict' | 'figureMs' | 'limitMs'>,
  b: typeof a,
): number {
  // 'exceeded' comes before 'within uncertainty'.
  return compareText(a.verdict, b.verdict) || b.figureMs - b.limitMs - (a.figureMs - a.limitMs)
}

/** How many limits fail the run, and how many are only warnings, including those without a row in the report. */
export function excessCounts({ budgets }: Pick<Report, 'budgets'>) {
  return {
    exceeded: sum(budgets, budget => budget.exceeded),
    withinUncertainty: sum(budgets, budget => budget.withinUncertainty),
  }
}
