// Tables of code by self time: functions, lines, files, packages, categories.

import { byDescending } from '../profile/order.js'
import { isOwnCode } from '../profile/own-code.js'
import { CATEGORIES, type Category } from '../profile/profile.js'
import type { CallRow, FunctionReport, Hotspot, LineReport, PackageReport } from '../report/code-reports.js'
import type { Report } from '../report/report.js'
import { type CalledCode, calledCode, calleeName } from '../report/views/called-code.js'
import { count as countOf, duration, percent } from '../report/views/figures.js'
import { type HotCode, hotCode } from '../report/views/hot-code.js'
import { nameText } from '../report/views/names.js'
import { type Cell, durationCell, EMPTY, pathCell, placeCell, textCell } from './cell.js'
import { category, column, count, ms, text } from './columns.js'
import type { RankedTable, TableColumn, TableDefinition } from './table.js'

/** All sampled CPU time in milliseconds: the whole of the shares of functions and categories. */
export function busyMs({ categories }: Pick<Report, 'categories'>): number {
  return Object.values(categories).reduce<number>((sum, selfMs) => sum + (selfMs ?? 0), 0)
}

/** As `busyMs`, and blocked time: the whole of the shares of calls. */
export function occupiedMs(report: Pick<Report, 'categories' | 'totals'>): number {
  return busyMs(report) + (report.totals.blockedMs ?? 0)
}

type SelfTime = Pick<FunctionReport, 'selfMs'>

function shareOfCpu<Row extends SelfTime>(report: Report): TableColumn<Row> {
  const whole = busyMs(report)
  return column('share', 'of CPU', row => ({ kind: 'share', part: row.selfMs, whole }), {
    in: ['terminal', 'markdown', 'overview'],
  })
}

const SELF_TIMES = [
  ms<Pick<FunctionReport, 'selfMs'>>('selfMs', 'self'),
  ms<Pick<FunctionReport, 'totalMs'>>('totalMs', 'total'),
  count<Pick<FunctionReport, 'sampleCount'>>('sampleCount', 'samples', 'show'),
  category(),
]

/** The rows are the hottest functions of the report; outputs that have the profile show all functions. */
export const FUNCTIONS: RankedTable<FunctionReport> = {
  title: 'Functions',
  ranking: 'functions by self time',
  rows: ({ hotspots }) => hotspots,
  columns: () => [
    ...SELF_TIMES,
    column('function', 'function', functionCell, 'subject'),
    column('file', 'where', placeCell),
    text('package', 'package', row => row.package ?? '', 'detail'),
  ],
  empty: 'No function was sampled.',
  identity: row => ['fn', row.file, row.function, row.line, row.column],
}

function functionCell(row: FunctionReport): Cell {
  return { kind: 'function', function: row.function, place: row }
}

/** The project's own functions, and one row for each library package. */
export const HOT_CODE: TableDefinition<HotCode> = {
  title: 'Hot functions',
  rows: hotCode,
  columns: report => [
    ms('selfMs', 'self', 'everywhere'),
    shareOfCpu(report),
    column('totalMs', 'total', row => hotCells(row).total, 'markdown'),
    column('function', 'function or package', row => hotCells(row).name, 'everywhere'),
    column('file', 'where', row => hotCells(row).place, 'everywhere'),
    column('tests', 'costs most in', row => hotCells(row).tests, {
      in: ['terminal', 'markdown'],
      lead: 'in',
    }),
  ],
  note: (report, shown) =>
    `self time; these rows are ${percent(
      shown.reduce((sum, { selfMs }) => sum + selfMs, 0),
      busyMs(report),
    )} of CPU time`,
}

function hotCells(row: HotCode): Record<'total' | 'name' | 'place' | 'tests', Cell> {
  if (row.kind === 'package') {
    const { package: name, totalMs, functions } = row.package
    const place = textCell(countOf(functions, 'function'))
    return { total: durationCell(totalMs), name: { kind: 'package', package: name }, place, tests: EMPTY }
  }
  const { hotspot } = row
  const [name, tests] = [functionCell(hotspot), costliestTests(hotspot)]
  return { total: durationCell(hotspot.totalMs), name, place: placeCell(hotspot), tests }
}

function costliestTests({ tests, files }: Hotspot): Cell {
  if (tests.length === 0) return textCell(`at module load or in set-up (${countOf(files, 'file')})`)
  const items = tests.map(({ name, totalMs }) => ({
    cell: { kind: 'name', name: nameText(name) } as const,
    note: duration(totalMs),
  }))
  return { kind: 'list', items }
}

/** A called function in one row, whoever calls it. */
export const CALLED_CODE: TableDefinition<CalledCode> = {
  title: 'Your code calls',
  rows: calledCode,
  columns: report => [
    ms('totalMs', 'total', 'everywhere'),
    column('share', 'share', row => ({ kind: 'share', part: row.totalMs, whole: occupiedMs(report) }), {
      in: ['terminal', 'markdown', 'overview'],
    }),
    column('called', 'called', ({ name, first }) => calleeCell(name, first), 'everywhere'),
    column('callers', 'called from', row => callersCell(row), { in: ['terminal', 'overview'] }),
    column('calls', 'called from', row => callsCell(row), 'markdown'),
  ],
  note: (report, shown) =>
    `outside itself; these rows are ${percent(
      shown.reduce((sum, { totalMs }) => sum + totalMs, 0),
      occupiedMs(report),
    )} of CPU${(report.totals.blockedMs ?? 0) > 0 ? ' and blocked' : ''} time`,
}

/** The most expensive callers, each with its time and the other lines that share it. */
function callsCell({ calls }: CalledCode): Cell {
  const items = calls.map(call => ({ cell: callerCell(call), note: callNote(call, calls.length) }))
  const more =
    calls.length > MOST_CALLERS ? `and ${countOf(calls.length - MOST_CALLERS, 'other function')}` : ''
  return { kind: 'parts', cells: [{ kind: 'list', items: items.slice(0, MOST_CALLERS) }, textCell(more)] }
}

const MOST_CALLERS = 3

/** `30 ms`, `30 ms with lines 7, 9`; no time of the only one of `callers`, because it is that of the row. */
function callNote({ caller: { lines }, totalMs }: CallRow, callers: number): string {
  const others = lines.slice(1, 1 + MOST_CALLERS)
  const more = lines.length > 1 + MOST_CALLERS ? ', …' : ''
  return [
    ...(callers === 1 ? [] : [duration(totalMs)]),
    ...(others.length === 0
      ? []
      : [`with ${others.length === 1 ? 'line' : 'lines'} ${others.join(', ')}${more}`]),
  ].join(' ')
}

function calleeCell(name: string, { kind, callee }: Pick<CallRow, 'kind' | 'callee'>): Cell {
  return { kind: 'callee', name, target: { kind, package: callee.package, function: callee.function } }
}

function callersCell({ first, callers }: CalledCode): Cell {
  const note = callers === 1 ? '' : `and ${countOf(callers - 1, 'other function')}`
  const cells = [callerCell(first), textCell(note)]
  return { kind: 'parts', cells }
}

/** The function, and the line of the call where only one line makes it. */
export function callerCell({ caller }: CallRow): Cell {
  const { lines, ...place } = caller
  const [line] = lines
  const shown = line === undefined ? place : { file: caller.file, line, column: 0 }
  // A callback or the body of a module is best known by its place.
  const isUnnamed = /^\(\w+\)$/.test(caller.function)
  return isUnnamed ? placeCell(shown) : { kind: 'call', function: caller.function, place: shown }
}

export const CALLS: RankedTable<CallRow> = {
  title: 'Calls',
  ranking: 'calls of your code by the time below them',
  explanation:
    'What each function of your code calls outside itself: packages, matchers, mocks, modules, Node. V8 does not tell from which line a call was made: all lines of a function that make the same call share its time.',
  rows: ({ calls }) => calls,
  columns: () => [
    ms('totalMs', 'total'),
    ms('selfMs', 'self', 'minor'),
    count('sampleCount', 'samples', 'show'),
    text('kind', 'kind', row => row.kind, 'minor'),
    column('called', 'called', row => calleeCell(calleeName(row), row), 'subject'),
    column('caller', 'called by', callerCell),
    text('lines', 'lines', row => row.caller.lines.join(', '), 'minor'),
    column('tests', 'costs most in', callingTests, { in: ['page'], isMinor: true }),
  ],
  empty: 'No call outside of your own code was sampled.',
  cutAs: 'calls',
  identity: ({ caller, callee, kind }) => [
    'call',
    ...[
      caller.file,
      caller.function,
      caller.line,
      caller.column,
      kind,
      callee.package ?? '',
      callee.function,
    ],
  ],
}

function callingTests({ tests }: CallRow): Cell {
  const items = tests.map(({ name, totalMs }) => ({
    cell: { kind: 'name', name: nameText(name) } as const,
    note: duration(totalMs),
  }))
  return { kind: 'list', items }
}

export const LINES: RankedTable<LineReport> = {
  title: 'Lines',
  ranking: 'source lines by self time (in functions for which V8 reports lines)',
  rows: ({ lines }) => lines,
  columns: () => [
    ms('selfMs', 'self'),
    category('lists'),
    column('file', 'line', row => placeCell({ ...row, column: 0 }), 'subject'),
  ],
  empty: 'No line-level data.',
  cutAs: 'lines',
  identity: row => ['line', row.file, row.line],
}

export const HOT_LINES: TableDefinition<LineReport> = {
  ...LINES,
  title: 'Hot lines of your own code',
  rows: ({ lines }) => lines.filter(isOwnCode),
}

export type CodeFile = Pick<FunctionReport, 'file' | 'category' | 'selfMs' | 'totalMs' | 'sampleCount'>

/** The rows are computed from the profile: the report has none. */
export const CODE_FILES: RankedTable<CodeFile> = {
  title: 'Files',
  ranking: 'source files by self time (test files by wall time: --by test-file)',
  rows: () => [],
  columns: () => [...SELF_TIMES, column('file', 'file', row => pathCell(row.file), 'subject')],
  empty: 'No file was sampled.',
  identity: row => ['file', row.file],
}

export const PACKAGES: RankedTable<PackageReport> = {
  title: 'Packages',
  ranking: 'packages by self time',
  rows: ({ packages }) => packages,
  columns: () => [
    ...SELF_TIMES,
    count('functions', 'functions', 'lists'),
    column('package', 'package', row => ({ kind: 'package', package: row.package }), 'subject'),
  ],
  empty: 'No package was sampled.',
  cutAs: 'packages',
  identity: row => ['pkg', row.package],
}

type CategoryTime = SelfTime & { readonly category: Category }

export const CATEGORY_TIMES: RankedTable<CategoryTime> = {
  title: 'Whose code ran',
  ranking: 'self time by category',
  rows: ({ categories }) =>
    CATEGORIES.flatMap(name => (name === 'idle' ? [] : { category: name, selfMs: categories[name] ?? 0 }))
      .filter(({ selfMs }) => selfMs > 0)
      .toSorted(byDescending('selfMs', row => row.category)),
  columns: report => [ms('selfMs', 'self'), shareOfCpu(report), category({ isSubject: true })],
  empty: 'Nothing was sampled.',
  identity: row => ['category', row.category],
}
