// Tables of code by self time: functions, lines, files, packages, categories.

import { byDescending } from '../profile/order.js'
import { isOwnCode } from '../profile/own-code.js'
import { CATEGORIES, type Category } from '../profile/profile.js'
import type {
  FunctionReport,
  Hotspot,
  HotspotTest,
  LineReport,
  PackageReport,
} from '../report/code-reports.js'
import type { Report } from '../report/report.js'
import { count as countOf, duration as durationText, percent } from '../report/views/figures.js'
import { type HotCode, hotCode } from '../report/views/hot-code.js'
import { type Cell, EMPTY, listCell, placeCell, textCell } from './cell.js'
import { column, count, duration, EVERYWHERE, TEXT } from './columns.js'
import { nameText } from './names.js'
import type { Output, RankedTable, TableColumn, TableDefinition } from './table.js'

/** All sampled CPU time: what the shares of functions and categories are parts of. In milliseconds. */
export function busyMs({ categories }: Pick<Report, 'categories'>): number {
  return Object.values(categories).reduce((sum, selfMs) => sum + selfMs, 0)
}

const SELF = 'CPU time in the code itself, without what it called'
const TOTAL = 'CPU time with all that it called'

interface SelfTime {
  readonly selfMs: number
}

function self<Row extends SelfTime>(in_ = EVERYWHERE): TableColumn<Row> {
  return duration('selfMs', 'self', row => row.selfMs, { in: in_, meaning: SELF })
}

function total<Row extends { readonly totalMs: number }>(): TableColumn<Row> {
  return duration('totalMs', 'total', row => row.totalMs, { meaning: TOTAL })
}

function samples<Row extends { readonly sampleCount: number }>(): TableColumn<Row> {
  return count('sampleCount', 'samples', row => row.sampleCount, { in: ['show'] })
}

function category<Row extends { readonly category: Category }>(): TableColumn<Row> {
  return column('category', 'category', row => ({ kind: 'category', category: row.category }))
}

function shareOfCpu<Row extends SelfTime>(report: Report, in_: readonly Output[]): TableColumn<Row> {
  const whole = busyMs(report)
  return column('share', 'of CPU', row => ({ kind: 'share', part: row.selfMs, whole }), { in: in_ })
}

const ALL_FUNCTIONS = ['show', 'page'] as const

/** `rows`: the hottest; outputs that have the profile show all of them. */
export const FUNCTIONS: RankedTable<FunctionReport> = {
  title: 'Functions',
  ranking: () => 'functions by self time',
  rows: ({ hotspots }) => hotspots,
  columns: () => [
    self(ALL_FUNCTIONS),
    total(),
    samples(),
    category(),
    column('function', 'function', row => ({ kind: 'function', function: row.function, place: row }), {
      isSubject: true,
    }),
    column('file', 'where', placeCell),
    column('package', 'package', row => (row.package === null ? EMPTY : textCell(row.package)), {
      in: ['page'],
      isMinor: true,
    }),
  ],
  sortBy: '-selfMs',
  empty: 'No function was sampled.',
  identity: row => ['fn', row.file, row.function, row.line, row.column],
  data: row => row,
}

/** The project's own functions one by one, libraries folded to a package. */
export const HOT_CODE: TableDefinition<HotCode> = {
  title: 'Hot functions',
  rows: hotCode,
  columns: report => [
    self(),
    shareOfCpu(report, ['terminal', 'markdown', 'overview']),
    duration('totalMs', 'total', row => ofKind(row, one => one.totalMs), { in: ['markdown'] }),
    column(
      'function',
      'function or package',
      row =>
        row.kind === 'package'
          ? { kind: 'package', package: row.package.package }
          : { kind: 'function', function: row.hotspot.function, place: row.hotspot },
      { in: EVERYWHERE },
    ),
    column(
      'file',
      'where',
      row =>
        row.kind === 'package'
          ? textCell(countOf(row.package.functions, 'function'))
          : placeCell(row.hotspot),
      { in: EVERYWHERE },
    ),
    column('tests', 'costs most in', row => (row.kind === 'package' ? EMPTY : costliestTests(row.hotspot)), {
      in: TEXT,
      lead: 'in',
    }),
  ],
  note: (report, shown) =>
    `self time, ${percent(
      shown.reduce((sum, { selfMs }) => sum + selfMs, 0),
      busyMs(report),
    )} of CPU`,
}

function ofKind<Value>(row: HotCode, amountOf: (code: Hotspot | PackageReport) => Value): Value {
  return amountOf(row.kind === 'package' ? row.package : row.hotspot)
}

function costliestTests({ tests, files }: Hotspot): Cell {
  if (tests.length === 0) return textCell(`at module load or in set-up (${countOf(files, 'file')})`)
  return listCell(tests.map(test => ({ cell: hotspotTest(test), note: durationText(test.totalMs) })))
}

function hotspotTest({ name }: HotspotTest): Cell {
  return { kind: 'name', name: nameText(name) }
}

export const LINES: RankedTable<LineReport> = {
  title: 'Lines',
  ranking: () => 'source lines by self time, of functions for which V8 reports lines',
  rows: ({ lines }) => lines,
  columns: () => [
    self(),
    column('category', 'category', row => ({ kind: 'category', category: row.category }), {
      in: ALL_FUNCTIONS,
    }),
    column('file', 'line', row => placeCell({ file: row.file, line: row.line, column: 0 }), {
      isSubject: true,
    }),
  ],
  sortBy: '-selfMs',
  empty: 'No line-level data.',
  cutAs: 'lines',
  identity: row => ['line', row.file, row.line],
  data: row => row,
}

export const HOT_LINES: TableDefinition<LineReport> = {
  ...{ title: 'Hot lines of your own code', columns: LINES.columns },
  rows: ({ lines }) => lines.filter(isOwnCode),
}

export interface CodeFile extends SelfTime {
  readonly file: string
  readonly category: Category
  readonly totalMs: number
  readonly sampleCount: number
}

/** Its rows are the profile's: the report has none. */
export const CODE_FILES: RankedTable<CodeFile> = {
  title: 'Files',
  ranking: () => 'files by self time of the code in them (test files as Jest runs them: --by test-file)',
  rows: () => [],
  columns: () => [
    ...[self<CodeFile>(), total<CodeFile>(), samples<CodeFile>(), category<CodeFile>()],
    column('file', 'file', row => ({ kind: 'name', name: row.file }), { isSubject: true }),
  ],
  sortBy: '-selfMs',
  empty: 'No file was sampled.',
  identity: row => ['file', row.file],
  data: row => row,
}

export const PACKAGES: RankedTable<PackageReport> = {
  title: 'Packages',
  ranking: () => 'packages by self time',
  rows: ({ packages }) => packages,
  columns: () => [
    ...[self<PackageReport>(), total<PackageReport>(), samples<PackageReport>(), category<PackageReport>()],
    count('functions', 'functions', row => row.functions, { in: ALL_FUNCTIONS }),
    column('package', 'package', row => ({ kind: 'package', package: row.package }), { isSubject: true }),
  ],
  sortBy: '-selfMs',
  empty: 'No package was sampled.',
  cutAs: 'packages',
  identity: row => ['pkg', row.package],
  data: row => row,
}

interface CategoryTime extends SelfTime {
  readonly category: Category
}

export const CATEGORY_TIMES: RankedTable<CategoryTime> = {
  title: 'Whose code ran',
  ranking: () => 'self time by whose code ran',
  rows: ({ categories }) =>
    CATEGORIES.flatMap(name => (name === 'idle' ? [] : { category: name, selfMs: categories[name] }))
      .filter(({ selfMs }) => selfMs > 0)
      .toSorted(byDescending<CategoryTime>(({ selfMs }) => selfMs, JSON.stringify)),
  columns: report => [
    self(),
    shareOfCpu(report, ['markdown', 'show', 'page']),
    column('category', 'category', row => ({ kind: 'category', category: row.category }), {
      isSubject: true,
    }),
  ],
  sortBy: '-selfMs',
  empty: 'Nothing was sampled.',
  identity: row => ['category', row.category],
  data: row => row,
}
