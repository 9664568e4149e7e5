// A table is defined once: which rows of the Report, and which columns. The terminal, Markdown, `show` and the page draw it;
// each may choose columns, none words a cell. Needs no Node.

import type { Report } from '../report/report.js'
import type { Cell } from './cell.js'

/** Where tables are drawn. The terminal and the page's overview have no headings, and little room. */
export type Output = 'terminal' | 'markdown' | 'show' | 'page' | 'overview'

export interface TableColumn<Row = unknown> {
  /** Names it in links of the page. */
  readonly key: string
  /** Words of the glossary, where it has them. */
  readonly heading: string
  /** Where it is shown; left out: wherever there are headings. */
  readonly in?: readonly Output[]
  /** What stands before it in the terminal, in place of a heading. */
  readonly lead?: string
  /** In text without headings; left out: figures to the right. */
  readonly align?: 'right'
  /** In the terminal: on a line of its own, below the row. */
  readonly isBelow?: boolean
  /** On the page: what explains a row, folded where rows are no table. */
  readonly isDetail?: boolean
  /** On the page: comes first, since it is what a row is about. */
  readonly isSubject?: boolean
  /** On the page: left out on a phone. */
  readonly isMinor?: boolean
  /** A method, so that a table of any rows is a table of unknown ones. */
  cell(row: Row): Cell
}

export interface TableDefinition<Row = unknown> {
  readonly title: string
  rows(report: Report): readonly Row[]
  columns(report: Report): readonly TableColumn<Row>[]
  /** Beside the title, given the rows that are shown; `''` for nothing. */
  note?(report: Report, shown: readonly Row[]): string
  /** How to read the table, in sentences. */
  readonly explanation?: string
}

/** A table with all rows of a kind, ranked by its first column: `show --by` and a view of the page. */
export interface RankedTable<Row = unknown> extends TableDefinition<Row> {
  /** What it ranks and by what, such as `hooks by wall time`. */
  readonly ranking: string | ((report: Report) => string)
  /** What the page says of no rows. */
  readonly empty: string
  /** The report's table that may have been cut to keep report.json bounded. */
  readonly cutAs?: string
  /** An id that stays the same from run to run, or what it is made of: the kind, such as `hook`, and more. */
  identity(row: Row): string | readonly [kind: string, ...parts: (string | number)[]]
  /** All that JSON has of a row; left out: the row as it is. */
  data?(row: Row): object
}

/** Those that an output shows, in their order. */
export function columnsFor<Row>(
  output: Output,
  columns: readonly TableColumn<Row>[],
): readonly TableColumn<Row>[] {
  return columns.filter(({ in: outputs = WITH_HEADINGS }) => outputs.includes(output))
}

const WITH_HEADINGS: readonly Output[] = ['markdown', 'show', 'page']

/** Rows that the report was cut by. */
export function leftOutOf({ truncated }: Pick<Report, 'truncated'>, table: string | undefined): number {
  const cut = truncated.find(entry => entry.table === table)
  return cut === undefined ? 0 : cut.total - cut.kept
}
