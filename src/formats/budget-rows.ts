// What is over a budget's limit, in words: shared by the terminal, Markdown and what CI systems show.

import type { BudgetCause, BudgetExcess, BudgetReport } from '../report/budget-report.js'
import type { Report } from '../report/report.js'
import { excessCounts, excessesOf } from '../report/views/budget-excesses.js'
import { duration } from '../report/views/figures.js'
import { plain, position, testName, testPlace } from './wording.js'

type Budgets = Pick<Report, 'budgets'>
type ToShown = (path: string) => string

export interface BudgetRow {
  /** With its uncertainty. */
  readonly figure: string
  /** `over 200 ms`, and whether that is but a warning. */
  readonly over: string
  /** The limit's name. */
  readonly limit: string
  /** The test, or the module; `''` for a test file, which is where it is. */
  readonly what: string
  readonly where: string
  /** `''`: not known. */
  readonly cause: string
}

/** Exceeded ones first. `toShown` turns the report's paths into those that are shown. */
export function budgetRows(report: Budgets, toShown: ToShown): BudgetRow[] {
  return excessesOf(report).map(excess => budgetRow(excess, toShown))
}

export function budgetRow(excess: BudgetExcess, toShown: ToShown): BudgetRow {
  const { limit, limitMs, figureMs, uncertaintyMs, verdict, project } = excess
  const inProject = project === '' ? '' : ` (${plain(project)})`
  return {
    figure: duration(figureMs) + (uncertaintyMs === null ? '' : ` ±${duration(uncertaintyMs)}`),
    over: `over ${duration(limitMs)}${verdict === 'exceeded' ? '' : ' (warning)'}`,
    limit,
    what: whatOf(excess),
    where: testPlace(excess, toShown) + inProject,
    cause: excess.cause === null ? '' : causeText(excess.cause, toShown),
  }
}

function whatOf({ test, module }: BudgetExcess): string {
  if (test !== null) return testName(test.name)
  return module === null ? '' : plain(module)
}

function causeText({ text, file, line, column, ms }: BudgetCause, toShown: ToShown): string {
  const place = file === '' ? '' : ` ${position({ file: toShown(file), line, column })}`
  return `${plain(text)}${place} (${duration(ms)})`
}

export function budgetTitle(report: Budgets): string {
  return excessCounts(report).exceeded > 0 ? 'Budgets exceeded' : 'Budgets'
}

/** `2 figures are over: the run fails`, and how many may be no excess in truth. */
export function budgetSummary(report: Budgets): string {
  const { exceeded, withinUncertainty } = excessCounts(report)
  const parts = [
    exceeded > 0 ? `${figures(exceeded)} over: the run fails` : '',
    withinUncertainty > 0
      ? `${figures(withinUncertainty)} over by less than the uncertainty: no failure`
      : '',
  ]
  return parts.filter(part => part !== '').join(' · ')
}

/** What could not be compared, with the budget that it is of. */
export function budgetNotes({ budgets }: Budgets): string[] {
  return budgets.flatMap((budget, index) =>
    budget.notes.map(note => plain(`budgets[${index}] (${budgetText(budget)}): ${note}`)),
  )
}

/** `testWallMs 200 ms, files test/**, tests cart` */
function budgetText({ limits, files, tests }: BudgetReport): string {
  const parts = Object.entries(limits).map(([name, ms]) => `${name} ${duration(ms)}`)
  if (files !== null) parts.push(`files ${files.join(' ')}`)
  if (tests !== null) parts.push(`tests ${tests}`)
  return parts.join(', ')
}

/** The line for which a run fails; undefined when no limit is exceeded. */
export function budgetProblem(report: Budgets): string | undefined {
  const { exceeded } = excessCounts(report)
  if (exceeded === 0) return undefined
  const [worst] = budgetRows(report, path => path)
  return (
    `jest-profiler: the budgets are exceeded: ${figures(exceeded)} over the limit` +
    `${worst === undefined ? '' : `, got ${excessText(worst)}`}. Make it faster, or raise the limit.`
  )
}

/** `442 ms ±3 ms over 200 ms, testWallMs of adds up in test/cart.test.ts:8:1` */
export function excessText({ figure, over, limit, what, where }: BudgetRow): string {
  return `${figure} ${over}, ${limit} of ${[what, where].filter(part => part !== '').join(' in ')}`
}

function figures(amount: number): string {
  return amount === 1 ? '1 figure is' : `${amount.toLocaleString('en-US')} figures are`
}
