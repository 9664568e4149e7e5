// Report + budgets → the same report with the exceeded limits. Works on a saved report; needs no running Jest.

import { sum } from 'd3-array'
import { compareText } from '../profile/order.js'
import { fileKey } from '../profile/paths.js'
import { hasRun } from '../recording/enums.js'
import {
  BUDGET_LIMITS,
  type BudgetAmounts,
  type BudgetLimit,
  type BudgetReport,
  type ExcessSubject,
  limitAmount,
  unitOf,
} from '../report/budget-report.js'
import type { FileRecord } from '../report/record/run-record.js'
import type { BudgetRule } from '../report/record/saved-run.js'
import { relativeTo } from '../report/relative-path.js'
import type { Report } from '../report/report.js'
import { compareExcesses, namedAmounts } from '../report/views/budget-excesses.js'
import { lastAttempts } from '../report/views/test-breakdowns.js'
import type { BudgetedFile, BudgetFigure, BudgetSources } from './budget-figure.js'
import { FIGURES } from './figures.js'
import { type NameMatcher, nameMatcher } from './name-matcher.js'
import { cutNotes, ENDLESS, lackingModules, unknownFigures, unmatched } from './notes.js'

/** The report keeps this many excesses of each budget: the largest ones. */
const MOST_EXCESSES = 1000

/** `records`: those of the report's files, in any order. */
export function withBudgets(
  report: Report,
  records: readonly FileRecord[],
  rules: readonly BudgetRule[],
): Report {
  const toRelative = relativeTo(report.run.displayRoot)
  const recordOf = new Map(
    records.map(record => [fileKey({ project: record.projectId, file: toRelative(record.path) }), record]),
  )
  const files = report.files.map(file => ({
    file,
    recording: recordOf.get(fileKey({ project: file.projectId, file: file.path }))?.recording,
    tests: lastAttempts(file),
  }))
  const matcher = nameMatcher()
  const budgets = rules.map(rule =>
    budgetReport(rule, selected(rule, files, matcher), { report, toRelative }),
  )
  const totals = budgets.map(({ exceeded, withinUncertainty }) => exceeded + withinUncertainty)
  const cuts = totals
    .filter(total => total > MOST_EXCESSES)
    .map(total => ({ table: 'budgets', kept: MOST_EXCESSES, total }))
  return { ...report, budgets, truncated: [...report.truncated, ...cuts] }
}

/** The files and tests that a budget applies to; undefined if matching its patterns took too long. */
function selected(
  { filePatterns, tests }: BudgetRule,
  files: readonly BudgetedFile[],
  matching: NameMatcher,
): BudgetedFile[] | undefined {
  const paths = files.map(({ file }) => file.path)
  // The empty pattern matches everything.
  const ofPatterns = (filePatterns ?? ['']).map(pattern => matching(new RegExp(pattern), paths))
  const inFiles = files.filter(({ file }) => ofPatterns.some(found => found?.has(file.path)))
  const names = inFiles.flatMap(budgeted => budgeted.tests.map(({ fullName }) => fullName))
  const ofTests = matching(new RegExp(tests ?? '', 'i'), names)
  if (ofTests === undefined || ofPatterns.includes(undefined)) return undefined
  return inFiles.map(budgeted => ({
    ...budgeted,
    tests: budgeted.tests.filter(({ fullName }) => ofTests.has(fullName)),
  }))
}

/** `matching`: the files and tests that the budget applies to, where known. */
function budgetReport(
  rule: BudgetRule,
  matching: readonly BudgetedFile[] | undefined,
  source: BudgetSources,
): BudgetReport {
  const ran = (matching ?? []).map(budgeted => ({ ...budgeted, tests: budgeted.tests.filter(hasRun) }))
  const checks = BUDGET_LIMITS.flatMap(limit => {
    const given = rule.limits[limit]
    return given === undefined ? [] : [check({ limit, amount: limitAmount(limit, given) }, ran, source)]
  })
  const excesses = checks.flatMap(entry => entry.excesses).toSorted(worstFirst)
  const exceeded = excesses.filter(({ verdict }) => verdict === 'exceeded').length
  return {
    files: rule.files === null ? null : [...rule.files],
    tests: rule.tests,
    limits: { ...rule.limits },
    checked: sum(checks, ({ checked }) => checked),
    exceeded,
    withinUncertainty: excesses.length - exceeded,
    excesses: excesses.slice(0, MOST_EXCESSES).map(({ cause, ...excess }) => ({ ...excess, cause: cause() })),
    notes: [
      ...(matching === undefined ? [ENDLESS] : unmatched(rule, matching)),
      ...cutNotes(source.report),
      ...checks.flatMap(({ notes }) => notes),
    ],
  }
}

/** The cause is computed only for excesses that are shown. */
type Excess = Omit<ExcessSubject, 'cause'> & BudgetAmounts & Pick<BudgetFigure, 'cause'>
interface Limit {
  readonly limit: BudgetLimit
  /** In the unit of the limit. */
  readonly amount: number
}

function check(limit: Limit, files: readonly BudgetedFile[], source: BudgetSources) {
  const figures = FIGURES[limit.limit](files, source)
  const unknown = figures.filter(({ amount }) => amount === null)
  return {
    checked: figures.length - unknown.length,
    excesses: figures.flatMap(figure => excess(limit, figure) ?? []),
    notes: [...unknownFigures(limit.limit, unknown, source.report), ...lackingModules(limit, files)],
  }
}

function excess({ limit, amount: most }: Limit, figure: BudgetFigure): Excess | undefined {
  const { file, test, module, amount, uncertainty, cause } = figure
  if (amount === null || amount <= most) return undefined
  const { path, project, projectId } = file
  return {
    limit,
    ...namedAmounts(unitOf(limit), { figure: amount, limit: most, uncertainty }),
    verdict: amount - most > (uncertainty ?? 0) ? 'exceeded' : 'within uncertainty',
    file: path,
    project,
    projectId,
    test: test && { index: test.index, attempt: test.attempt, name: test.name, fullName: test.fullName },
    module,
    line: test?.line ?? 0,
    column: test?.column ?? 0,
    cause,
    ...(test?.definedIn === undefined ? {} : { definedIn: test.definedIn }),
  }
}

function worstFirst(a: Excess, b: Excess): number {
  return compareExcesses(a, b) || compareText(textOf(a), textOf(b))
}

function textOf({ file, projectId, limit, test, module }: Excess): string {
  return [file, projectId, limit, String(test?.index ?? '').padStart(9, '0'), module ?? ''].join('\0')
}
