// Tables of judgements on a run: budgets, findings, and what could not be profiled.

import type { BudgetCause, BudgetExcess, BudgetReport } from '../report/budget-report.js'
import { docsUrl, ruleOf } from '../report/finding-rules.js'
import type { Finding, Report } from '../report/report.js'
import { excessCounts, excessesOf } from '../report/views/budget-excesses.js'
import { count as countOf, duration as durationText } from '../report/views/figures.js'
import { groupFilesText, groupMissing, type MissingGroup } from '../report/views/missing-groups.js'
import { type Cell, durationCell, EMPTY, listCell, pathCell, placeCell, textCell } from './cell.js'
import { column, EVERYWHERE } from './columns.js'
import { nameText } from './names.js'
import type { TableDefinition } from './table.js'

type Budgets = Pick<Report, 'budgets'>

/** Rows are the limits that were exceeded, those that fail the run first. */
export const BUDGETS: TableDefinition<BudgetExcess> = {
  title: 'Budgets',
  rows: excessesOf,
  columns: () => [
    column('figure', 'measured', row => durationCell(row.figureMs, { errorMs: row.uncertaintyMs }), {
      in: EVERYWHERE,
    }),
    column('limitMs', 'limit', row => textCell(overText(row)), { in: EVERYWHERE }),
    column('limit', 'budget', row => textCell(row.limit), { in: EVERYWHERE }),
    column('what', 'of', excessSubject, { in: EVERYWHERE }),
    column('file', 'where', excessPlace, { in: EVERYWHERE }),
    column('cause', 'mostly', row => (row.cause === null ? EMPTY : causeCell(row.cause)), {
      in: EVERYWHERE,
      isBelow: true,
    }),
  ],
  note: budgetSummary,
}

/** `> 200 ms`, and whether that is only a warning. */
function overText({ limitMs, verdict }: BudgetExcess): string {
  return `> ${durationText(limitMs)}${verdict === 'exceeded' ? '' : ' (warning)'}`
}

/** The test or module; empty for a test file, which is where it is. */
export function excessSubject({ test, module, file, project, projectId }: BudgetExcess): Cell {
  if (test !== null) {
    const { index, attempt } = test
    const link = { path: file, project, projectId, index, attempt }
    return { kind: 'test', name: nameText(test.name), note: '', test: link }
  }
  return module === null ? EMPTY : pathCell(module)
}

export function excessPlace({
  file: path,
  project,
  projectId,
  line,
  column: position,
  definedIn,
}: BudgetExcess): Cell {
  return { kind: 'test file', file: { path, project, projectId }, line, column: position, definedIn }
}

export function causeCell({ text, ms, ...place }: BudgetCause): Cell {
  const cells = [textCell(text), placeCell(place), textCell(`(${durationText(ms)})`)]
  return { kind: 'parts', cells }
}

/** `2 limits exceeded (run fails)`, and how many may not be exceeded in truth. */
export function budgetSummary(report: Budgets): string {
  const { exceeded, withinUncertainty } = excessCounts(report)
  return [
    exceeded > 0 ? `${countOf(exceeded, 'limit')} exceeded (run fails)` : '',
    withinUncertainty > 0 ? `${withinUncertainty} over the limit but within measurement error (warning)` : '',
  ]
    .filter(part => part !== '')
    .join(' · ')
}

/** What could not be compared, with the budget that it is of. */
export const UNCHECKED_BUDGETS: TableDefinition<string> = {
  title: 'Budgets that could not be checked',
  rows: ({ budgets }) =>
    budgets.flatMap((budget, index) =>
      budget.notes.map(note => `budgets[${index}] (${budgetText(budget)}): ${note}`),
    ),
  columns: () => [column('note', 'why', note => textCell(note), { in: EVERYWHERE })],
}

/** `testWallMs 200 ms, files test/**, tests cart` */
function budgetText({ limits, files, tests }: BudgetReport): string {
  return [
    ...Object.entries(limits).map(([name, ms]) => `${name} ${durationText(ms)}`),
    ...(files === null ? [] : [`files ${files.join(' ')}`]),
    ...(tests === null ? [] : [`tests ${tests}`]),
  ].join(', ')
}

export const FINDINGS: TableDefinition<Finding> = {
  title: 'What to change',
  rows: ({ findings }) => findings,
  columns: () => [
    column('costMs', 'costs', row => durationCell(row.costMs, { isAtMost: row.confidence !== 'high' }), {
      in: EVERYWHERE,
    }),
    column('finding', 'finding', findingCell, { in: EVERYWHERE }),
    column('evidence', 'evidence', row => sentence(row.evidence), {
      in: ['markdown', 'page'],
      isDetail: true,
    }),
    column('remedy', 'what to do', row => sentence(row.remedy), { in: EVERYWHERE, isBelow: true }),
    column('confidence', 'confidence', row => textCell(row.confidence), { in: ['markdown'] }),
    column('rule', 'rule', ({ id }) => ({ kind: 'link', text: ruleOf(id), url: docsUrl(id) }), {
      in: ['markdown', 'page'],
      isDetail: true,
    }),
  ],
}

function sentence(text: string): Cell {
  return { kind: 'sentence', text }
}

/** Its title, and its place where the title does not name it. */
export function findingCell({ title, position }: Finding): Cell {
  const isNamed = position === null || title.includes(`${position.file}:`)
  return isNamed ? sentence(title) : { kind: 'parts', cells: [sentence(title), placeCell(position)] }
}

export const MISSING: TableDefinition<MissingGroup> = {
  title: 'Not fully profiled',
  rows: ({ missing }) => groupMissing(missing),
  columns: () => [
    column('sentence', 'what', row => textCell(missingText(row)), { in: ['terminal'] }),
    column('files', 'file', filesCell, { in: ['markdown'] }),
    column('reason', 'why', row => textCell(row.reason), { in: ['markdown'] }),
    column('remedy', 'what to do', row => textCell(row.remedy), { in: ['markdown'] }),
  ],
  note: ({ missing }, shown) => {
    const here = shown.reduce((sum, { files }) => sum + files.length, 0)
    return countOf(missing.length, 'file') + (here < missing.length ? `, ${here} of them here` : '')
  },
}

/** A run that was cut off or ended early does not know of which files. */
function missingText(group: MissingGroup): string {
  const files = groupFilesText(group)
  return `${files === '' ? '' : `${files}: `}${group.reason}. ${group.remedy}`
}

/** Files that are named where there are several. */
const NAMED_FILES = 3

function filesCell({ files }: MissingGroup): Cell {
  const named = listCell(files.slice(0, NAMED_FILES).map(file => ({ cell: pathCell(file), note: '' })))
  if (files.length === 1) return named
  const more = files.length > NAMED_FILES ? [textCell('…')] : []
  return { kind: 'parts', cells: [textCell(`${countOf(files.length, 'file')}:`), named, ...more] }
}
