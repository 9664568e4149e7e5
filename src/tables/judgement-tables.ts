// Tables of judgements on a run: exceeded budgets, findings, and files that could not be profiled.

import {
  BUDGET_LIMITS,
  type BudgetCause,
  type BudgetExcess,
  type BudgetLimit,
  type BudgetReport,
  limitAmount,
  unitOf,
} from '../report/budget-report.js'
import { docsUrl, ruleOf } from '../report/finding-rules.js'
import type { Finding, Report } from '../report/report.js'
import { amountsOf, budgetAmountText, excessCounts, excessesOf } from '../report/views/budget-excesses.js'
import { bytes, count as countOf, duration } from '../report/views/figures.js'
import { type Lever, levers } from '../report/views/levers.js'
import { groupFilesText, groupMissing, type MissingGroup } from '../report/views/missing-groups.js'
import { insteadOfTime, isAboutTime, savingsText, sumOfSavings } from '../report/views/savings.js'
import { type Cell, durationCell, EMPTY, pathCell, placeCell, textCell } from './cell.js'
import { column, EVERYWHERE, ms, text } from './columns.js'
import type { TableDefinition } from './table.js'
import { testCell } from './test-tables.js'

const EXPLAINED = { in: ['markdown', 'page'], isDetail: true } as const

/** The rows are exceeded limits; those that fail the run come first. */
export const BUDGETS: TableDefinition<BudgetExcess> = {
  title: 'Budgets',
  rows: excessesOf,
  columns: () => [
    column('figure', 'measured', measuredCell, 'everywhere'),
    text('over', 'limit', overText, 'everywhere'),
    text('limit', 'budget', row => row.limit, 'everywhere'),
    column('what', 'subject', excessSubject, 'everywhere'),
    column('file', 'where', excessPlace, 'everywhere'),
    column('cause', 'main cause', causeCell, { in: EVERYWHERE, isBelow: true }),
  ],
  note: budgetSummary,
}

function measuredCell(excess: BudgetExcess): Cell {
  const { figure, uncertainty } = amountsOf(excess)
  if (excess.unit === 'ms') return durationCell(figure, { errorMs: uncertainty })
  return textCell(budgetAmountText(figure, excess.unit))
}

/** `> 200 ms`, and whether that is only a warning. */
function overText(excess: BudgetExcess): string {
  const limit = budgetAmountText(amountsOf(excess).limit, excess.unit)
  return `> ${limit}${excess.verdict === 'exceeded' ? '' : ' (warning)'}`
}

/** The test or module; empty for a test file, which the place names. */
export function excessSubject({ test, module, file: path, project, projectId }: BudgetExcess): Cell {
  if (test === null) return module === null ? EMPTY : pathCell(module)
  return testCell({ file: { path, project, projectId }, test })
}

export function excessPlace({ file: path, project, projectId, ...place }: BudgetExcess): Cell {
  return { ...place, kind: 'test file', file: { path, project, projectId } }
}

/** What took, allocated or holds most; empty if unknown. */
export function causeCell({ cause }: { readonly cause: BudgetCause | null }): Cell {
  if (cause === null) return EMPTY
  const amount = 'ms' in cause ? duration(cause.ms) : bytes(cause.bytes)
  const cells = [textCell(cause.text), placeCell(cause), textCell(`(${amount})`)]
  return { kind: 'parts', cells }
}

/** `2 limits exceeded (run fails)`, and how many figures are over a limit by no more than their error. */
export function budgetSummary(report: Pick<Report, 'budgets'>): string {
  const { exceeded, withinUncertainty } = excessCounts(report)
  return [
    exceeded > 0 ? `${countOf(exceeded, 'limit')} exceeded (run fails)` : '',
    withinUncertainty > 0 ? `${withinUncertainty} over the limit but within measurement error (warning)` : '',
  ]
    .filter(part => part !== '')
    .join(' · ')
}

/** The rows are budgets that could not be compared with any figure, each with the reason. */
export const UNCHECKED_BUDGETS: TableDefinition<string> = {
  title: 'Budgets that could not be checked',
  rows: ({ budgets }) =>
    budgets.flatMap((budget, index) =>
      budget.notes.map(note => `budgets[${index}] (${budgetText(budget)}): ${note}`),
    ),
  columns: () => [text('note', 'why', note => note, { in: EVERYWHERE, isProse: true })],
}

/** `testWallMs 200 ms, files test/**, tests cart` */
function budgetText({ limits, files, tests }: BudgetReport): string {
  return [
    ...BUDGET_LIMITS.flatMap(name => {
      const given = limits[name]
      return given === undefined ? [] : [`${name} ${limitText(name, given)}`]
    }),
    ...(files === null ? [] : [`files ${files.join(' ')}`]),
    ...(tests === null ? [] : [`tests ${tests}`]),
  ].join(', ')
}

function limitText(limit: BudgetLimit, given: number): string {
  return budgetAmountText(limitAmount(limit, given), unitOf(limit))
}

export const FINDINGS: TableDefinition<Finding> = {
  title: 'What to change',
  rows: ({ findings }) => findings,
  columns: () => [
    column('savesWallMs', 'saves', savingsCell, { in: EVERYWHERE, align: 'right' }),
    column('costMs', 'costs', costCell, EXPLAINED),
    column('finding', 'finding', findingCell, { in: EVERYWHERE, isProse: true }),
    column('evidence', 'evidence', row => sentence(row.evidence), EXPLAINED),
    column('remedy', 'what to do', row => sentence(row.remedy), { in: EVERYWHERE, isBelow: true }),
    text('confidence', 'confidence', row => row.confidence, 'markdown'),
    column('rule', 'rule', ruleCell, EXPLAINED),
  ],
  note: sumOfSavings,
}

/** In place of findings, where there are none. */
export const LEVERS: TableDefinition<Lever> = {
  title: 'Largest costs',
  rows: levers,
  columns: () => [
    ms('costMs', 'costs', 'everywhere'),
    column('lever', 'cost', row => sentence(row.text), 'everywhere'),
    column('file', 'where', row => (row.position === null ? EMPTY : placeCell(row.position)), 'everywhere'),
  ],
  note: ({ findings }) => `${findings.length === 0 ? 'no rule found what to change; ' : ''}costs may overlap`,
}

/** Wall time of the command; for a part of a run what it costs. */
function savingsCell({ savesWallMs, ...finding }: Finding): Cell {
  if (!isAboutTime(finding)) return textCell(insteadOfTime(finding))
  return savesWallMs === null ? costCell(finding) : textCell(savingsText(savesWallMs, finding.confidence))
}

/** An upper bound where the confidence is not high. */
function costCell({ costMs, confidence, ...finding }: Omit<Finding, 'savesWallMs'>): Cell {
  if (!isAboutTime(finding)) return EMPTY
  return durationCell(costMs, { isAtMost: confidence !== 'high' })
}

function ruleCell({ id }: Finding): Cell {
  const [rule, url] = [ruleOf(id), docsUrl(id)]
  return url === undefined ? { kind: 'text', text: rule } : { kind: 'link', text: rule, url }
}

function sentence(words: string): Cell {
  return { kind: 'sentence', text: words }
}

/** The title, followed by the place if the title does not contain it. */
function findingCell({ title, position }: Finding): Cell {
  if (position === null || title.includes(`${position.file}:`)) return sentence(title)
  const isWholeFile = position.line === 1 && title.includes(position.file)
  if (isWholeFile) return sentence(title)
  return { kind: 'parts', cells: [sentence(title), textCell('·'), placeCell(position)] }
}

export const MISSING: TableDefinition<MissingGroup> = {
  title: 'Not fully profiled',
  rows: ({ missing }) => groupMissing(missing),
  columns: () => [
    text('sentence', 'what', missingText, { in: ['terminal'], isProse: true }),
    column('files', 'file', row => filesCell(row, NAMED_FILES), 'markdown'),
    column('all', 'file', row => filesCell(row, row.files.length), 'page'),
    text('reason', 'why', row => row.reason, 'markdown'),
    text('remedy', 'what to do', row => row.remedy, 'markdown'),
    text('why', 'why', ({ reason, remedy }) => `${reason}. ${remedy}`, 'page'),
  ],
  note: ({ missing }, shown) => {
    const here = shown.reduce((sum, { files }) => sum + files.length, 0)
    return countOf(missing.length, 'file') + (here < missing.length ? `, ${here} of them here` : '')
  },
}

/** The files are unknown if a run was cut off or ended early. */
function missingText(group: MissingGroup): string {
  const files = groupFilesText(group)
  return `${files === '' ? '' : `${files}: `}${group.reason}. ${group.remedy}`
}

/** The most files of a group that Markdown names. */
const NAMED_FILES = 3

function filesCell({ files }: MissingGroup, most: number): Cell {
  const items = files.slice(0, most).map(file => ({ cell: pathCell(file), note: '' }))
  const named: Cell = { kind: 'list', items }
  if (files.length === 1) return named
  const more = files.length > most ? [textCell('…')] : []
  return { kind: 'parts', cells: [textCell(`${countOf(files.length, 'file')}:`), named, ...more] }
}
