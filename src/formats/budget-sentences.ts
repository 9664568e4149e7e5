// The message of a run that exceeds its budgets.

import type { BudgetExcess, BudgetUnit } from '../report/budget-report.js'
import type { Report } from '../report/report.js'
import { amountsOf, budgetAmountText, excessCounts, excessesOf } from '../report/views/budget-excesses.js'
import { count } from '../report/views/figures.js'
import { cellText } from '../tables/cell-text.js'
import { causeCell, excessPlace, excessSubject } from '../tables/judgement-tables.js'
import { textStyle } from './wording.js'

/** Undefined if no limit is exceeded. */
export function budgetProblem(report: Pick<Report, 'budgets'>): string | undefined {
  const { exceeded } = excessCounts(report)
  const [worst] = excessesOf(report)
  if (exceeded === 0 || worst === undefined) return undefined
  const others = exceeded === 1 ? '' : ` (and ${count(exceeded - 1, 'more limit')})`
  return `jest-profiler: budget exceeded: ${excessText(worst, path => path)}${others}. ${TO_DO[worst.unit]}, or raise the limit.`
}

const TO_DO: Readonly<Record<BudgetUnit, string>> = {
  ms: 'Make it faster',
  bytes: 'Let it use less memory',
  count: 'Free what holds them',
}

/** `testWallMs 442 ms > 200 ms (±3.0 ms): cart › adds up, test/cart.test.ts:8:1` */
export function excessText(excess: BudgetExcess, toShown: (path: string) => string): string {
  const { limit: name, unit } = excess
  const { figure, limit, uncertainty } = amountsOf(excess)
  const style = textStyle({ ...LONG, toShown })
  const error = uncertainty === null ? '' : ` (±${budgetAmountText(uncertainty, unit)})`
  const where = [excessSubject(excess), excessPlace(excess)].map(cell => cellText(cell, style))
  const over = `${budgetAmountText(figure, unit)} > ${budgetAmountText(limit, unit)}`
  return `${name} ${over}${error}: ${where.filter(text => text !== '').join(', ')}`
}

/** What took, allocated or holds most; `''` if unknown. */
export function causeText(excess: BudgetExcess, toShown: (path: string) => string): string {
  return cellText(causeCell(excess), textStyle({ ...LONG, toShown }))
}

const LONG = { longestName: 100, mostItems: 1 }
