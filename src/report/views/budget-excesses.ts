// What is over its limit, of all budgets together.

import type { BudgetExcess } from '../budget-report.js'
import type { Report } from '../report.js'

/** Exceeded ones first, the farthest over their limit first. Equal ones stay in the order of the budgets. */
export function excessesOf({ budgets }: Pick<Report, 'budgets'>): BudgetExcess[] {
  return budgets
    .flatMap(({ excesses }) => excesses)
    .toSorted((a, b) => rank(a) - rank(b) || overMs(b) - overMs(a))
}

/** How many fail the run, and how many are but warnings; also of those that the report has no row for. */
export function excessCounts({ budgets }: Pick<Report, 'budgets'>): {
  exceeded: number
  withinUncertainty: number
} {
  return {
    exceeded: budgets.reduce((sum, budget) => sum + budget.exceeded, 0),
    withinUncertainty: budgets.reduce((sum, budget) => sum + budget.withinUncertainty, 0),
  }
}

function rank({ verdict }: BudgetExcess): number {
  return verdict === 'exceeded' ? 0 : 1
}

function overMs({ figureMs, limitMs }: BudgetExcess): number {
  return figureMs - limitMs
}
