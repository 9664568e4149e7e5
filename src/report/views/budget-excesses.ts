// The exceeded limits of all budgets together.

import { sum } from 'd3-array'
import { compareText } from '../../profile/order.js'
import type { BudgetAmounts, BudgetExcess, BudgetUnit } from '../budget-report.js'
import type { Report } from '../report.js'
import { bytes, duration, grouped } from './figures.js'

/** Returns excesses that fail the run first, then by how far they are over the limit. Equal ones keep the order of the budgets. */
export function excessesOf({ budgets }: Pick<Report, 'budgets'>): BudgetExcess[] {
  return budgets.flatMap(({ excesses }) => excesses).toSorted(compareExcesses)
}

export function compareExcesses(a: BudgetAmounts & Pick<BudgetExcess, 'verdict'>, b: typeof a): number {
  const [overA, overB] = [amountsOf(a), amountsOf(b)]
  return (
    // 'exceeded' comes before 'within uncertainty'.
    compareText(a.verdict, b.verdict) ||
    UNITS.indexOf(a.unit) - UNITS.indexOf(b.unit) ||
    overB.figure - overB.limit - (overA.figure - overA.limit)
  )
}

/** Amounts in different units cannot be compared: times come first. */
const UNITS: readonly BudgetUnit[] = ['ms', 'bytes', 'count']

/** Milliseconds, bytes or a number of things. */
export interface Amounts {
  readonly figure: number
  readonly limit: number
  /** Null: unknown. */
  readonly uncertainty: number | null
}

export function amountsOf(excess: BudgetAmounts): Amounts {
  switch (excess.unit) {
    case 'ms':
      return { figure: excess.figureMs, limit: excess.limitMs, uncertainty: excess.uncertaintyMs }
    case 'bytes':
      return { figure: excess.figureBytes, limit: excess.limitBytes, uncertainty: null }
    case 'count':
      return { figure: excess.figureCount, limit: excess.limitCount, uncertainty: null }
  }
}

export function namedAmounts(unit: BudgetUnit, { figure, limit, uncertainty }: Amounts): BudgetAmounts {
  switch (unit) {
    case 'ms':
      return { unit, figureMs: figure, limitMs: limit, uncertaintyMs: uncertainty }
    case 'bytes':
      return { unit, figureBytes: figure, limitBytes: limit }
    case 'count':
      return { unit, figureCount: figure, limitCount: limit }
  }
}

export function budgetAmountText(amount: number, unit: BudgetUnit): string {
  return { ms: duration, bytes, count: grouped }[unit](amount)
}

/** How many limits fail the run, and how many are only warnings, including those without a row in the report. */
export function excessCounts({ budgets }: Pick<Report, 'budgets'>) {
  return {
    exceeded: sum(budgets, budget => budget.exceeded),
    withinUncertainty: sum(budgets, budget => budget.withinUncertainty),
  }
}
