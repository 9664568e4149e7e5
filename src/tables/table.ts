// A table is defined once: its rows from the Report, and its columns. The terminal, Markdown, `show` and the page draw it.
// Each output may choose columns, but writes no cells itself. Needs no Node.

import type { Report } from '../report/report.js'
import type { Cell } from './cell.js'

/** Where tables are drawn. The terminal and the page's overview have no headings and little space. */
export type Output = 'terminal' | 'markdown' | 'show' | 'page' | 'overview'

export interface TableColumn<Row = unknown> {
  /** Identifies the column in links of the page. */
  readonly key: string
  /** A term of the glossary where it has one. */
  readonly heading: string
  /** Default: all outputs with headings. */
  readonly in?: readonly Output[]
  /** Precedes the cell in the terminal, where there is no heading. */
  readonly lead?: string
  /** In text without headings. Default: figures are aligned to the right. */
  readonly align?: 'right'
  /** In the terminal: the last column, which wraps. */
  readonly isProse?: boolean
  /** In the terminal: on a separate line below the row. */
  readonly isBelow?: boolean
  /** On the page: an explanation, folded where rows are not drawn as a table. */
  readonly isDetail?: boolean
  /** On the page: the first column, because a row is about it. */
  readonly isSubject?: boolean
  /** On the page: hidden on a phone. */
  readonly isMinor?: boolean
  /** A method, because a table of any rows must be assignable to a table of unknown rows. */
  cell(row: Row): Cell
}

export interface TableDefinition<Row = unknown> {
  readonly title: string
  rows(report: Report): readonly Row[]
  columns(report: Report): readonly TableColumn<Row>[]
  /** Follows the title; computed from the rows that are shown; `''` for none. */
  note?(report: Report, shown: readonly Row[]): string
  /** Sentences on how to read the table. */
  readonly explanation?: string
}

/** A table with all rows of a kind, ranked by its first column: `show --by` and a view of the page. */
export interface RankedTable<Row = unknown> extends TableDefinition<Row> {
  /** The rows and their order, such as `hooks by wall time`. */
  readonly ranking: string | ((report: Report) => string)
  /** The text of the page if there are no rows. */
  readonly empty: string
  /** The report's table that may have been cut to keep report.json bounded. */
  readonly cutAs?: string
  /** An id that stays the same from run to run, or its parts: the kind, such as `hook`, and more. */
  identity(row: Row): string | readonly [kind: string, ...parts: (string | number)[]]
  /** The row in JSON. Default: the row itself. */
  data?(row: Row): object
}

/** The columns that an output shows, in their order. */
export function columnsFor<Row>(
  output: Output,
  columns: readonly TableColumn<Row>[],
): readonly TableColumn<Row>[] {
  return columns.filter(({ in: outputs = WITH_HEADINGS }) => outputs.includes(output))
}

const WITH_HEADINGS: readonly Output[] = ['markdown', 'show', 'page']

/** How many rows of the table were cut from the report. */
export function leftOutOf({ truncated }: Pick<Report, 'truncated'>, table: string | undefined): number {
  const cut = truncated.find(entry => entry.table === table)
  return cut === undefined ? 0 : cut.total - cut.kept
}

/** The tables of `show --by`. */
export const TABLE_NAMES = [
  'call',
  'function',
  'line',
  'file',
  'package',
  'category',
  'import',
  'hook',
  'wait',
  'test',
  'test-file',
  'phase',
  'allocation',
  'heap',
] as const

export type TableName = (typeof TABLE_NAMES)[number]

/** Tables of code, which come from a profile. */
export const PROFILE_TABLES: ReadonlySet<TableName> = new Set([
  'call',
  'function',
  'line',
  'file',
  'package',
  'category',
])

/** The most lines of a table's text that are not rows. */
export const MOST_OTHER_LINES = 14
