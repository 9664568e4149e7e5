// The table that `show --by` prints, with an id and the JSON of each row.

import { mainCategories, rankFunctions } from '../profile/functions.js'
import { byDescending } from '../profile/order.js'
import type { Frame, Profile } from '../profile/profile.js'
import { rankBy } from '../profile/rank.js'
import { buildFunctionReport } from '../report/build/hotspots.js'
import type { FunctionReport } from '../report/code-reports.js'
import { relativeTo } from '../report/relative-path.js'
import type { Report } from '../report/report.js'
import { toMs } from '../report/rounding.js'
import { rowId } from '../report/views/ids.js'
import { ALLOCATIONS } from './allocation-tables.js'
import type { Cell } from './cell.js'
import {
  CALLS,
  CATEGORY_TIMES,
  CODE_FILES,
  type CodeFile,
  FUNCTIONS,
  LINES,
  PACKAGES,
} from './code-tables.js'
import { HEAP } from './memory-tables.js'
import { columnsFor, leftOutOf, type RankedTable, type TableColumn, type TableName } from './table.js'
import { TEST_FILES, TESTS } from './test-tables.js'
import { HOOKS, IMPORTS, PHASES, WAITS } from './time-tables.js'

const TABLES: Readonly<Record<TableName, RankedTable>> = {
  call: CALLS,
  function: FUNCTIONS,
  line: LINES,
  file: CODE_FILES,
  package: PACKAGES,
  category: CATEGORY_TIMES,
  import: IMPORTS,
  hook: HOOKS,
  wait: WAITS,
  test: TESTS,
  'test-file': TEST_FILES,
  phase: PHASES,
  allocation: ALLOCATIONS,
  heap: HEAP,
}

export interface RunToShow {
  readonly report: Report
  /** Undefined: only the rows that are in the report, which are none for files. */
  readonly profile?: Profile | undefined
}

/** Tables whose rows are ranked from the profile: the report has only the hottest functions, and no files. */
export const RANKED_FROM_PROFILE: ReadonlySet<TableName> = new Set(['function', 'file'])

/** A row in JSON: times in milliseconds, paths relative to the display root. */
export type ShownRow = { readonly id: string } & Readonly<Record<string, unknown>>

export interface ShownTable {
  readonly by: TableName
  /** The rows and their order, such as `hooks by wall time`. */
  readonly title: string
  readonly columns: readonly TableColumn[]
  /** All rows, ranked. */
  readonly rows: readonly ShownRow[]
  /** The cells of the row at an index. */
  readonly cellsOf: (row: number) => readonly Cell[]
  /** How many rows were cut from the report. */
  readonly leftOut: number
  /** What belongs to the table as a whole, of a list with that many rows; `''`: nothing. */
  readonly noteOf: (shown: number) => string
}

export function shownTable(by: TableName, { report, profile }: RunToShow): ShownTable {
  const table: RankedTable = TABLES[by]
  const columns = columnsFor('show', table.columns(report))
  const rows = rowsOf(by, table, { report, profile })
  return {
    by,
    title: typeof table.ranking === 'string' ? table.ranking : table.ranking(report),
    columns,
    rows: rows.map(row => {
      const identity = table.identity(row)
      const id = typeof identity === 'string' ? identity : rowId(...identity)
      return { id, ...(table.data?.(row) ?? (row as object)) }
    }),
    cellsOf: position => columns.map(column => column.cell(rows[position])),
    leftOut: leftOutOf(report, table.cutAs),
    noteOf: shown => table.note?.(report, rows.slice(0, shown)) ?? '',
  }
}

function rowsOf(by: TableName, table: RankedTable, { report, profile }: RunToShow): readonly unknown[] {
  if (profile === undefined || !RANKED_FROM_PROFILE.has(by)) return table.rows(report)
  if (by === 'function') return allFunctions(profile, report)
  return codeFiles(profile, report)
}

function allFunctions(profile: Profile, { run }: Report): FunctionReport[] {
  const toRelative = relativeTo(run.displayRoot)
  return rankFunctions(profile)
    .filter(({ self }) => self > 0)
    .map(time => buildFunctionReport(profile, time, toRelative))
    .toSorted(bySelf)
}

function codeFiles(profile: Profile, { run }: Report): CodeFile[] {
  const toRelative = relativeTo(run.displayRoot)
  const fileOf = ({ file }: Frame) => (file === '' ? undefined : file)
  const categoryOf = mainCategories(profile, fileOf)
  return rankBy(profile, fileOf)
    .map(({ key: file, self, total, count }) => ({
      file: toRelative(file),
      category: categoryOf.get(file) ?? ('program' as const),
      selfMs: toMs(self),
      totalMs: toMs(total),
      sampleCount: count,
    }))
    .toSorted(bySelf)
}

const bySelf = byDescending<{ readonly selfMs: number }>('selfMs', row => JSON.stringify(row))
