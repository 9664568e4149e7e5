// A table as text, for a person and for a coding agent: a header that says what was measured, rows with an id each, and
// what to run next. No more than `top` rows and MOST_OTHER_LINES lines beside them, each cut to the given width.

import cliTruncate from 'cli-truncate'
import type { Report } from '../../report/report.js'
import { duration } from '../../report/views/figures.js'
import type { Cell, Column, Row, Table } from '../../tables/table.js'
import { stylesOf } from '../terminal/styles.js'
import { textTable } from '../terminal/text-table.js'
import { headline, plain, position, selectionText } from '../wording.js'

export interface TableTextOptions {
  readonly top: number
  readonly columns: number
  readonly colors: boolean
  /** Commands worth running next. */
  readonly next: readonly string[]
}

/** Columns: a name may be a paragraph. */
const LONGEST_TEXT = 90

export function toTableText(table: Table, report: Report, options: TableTextOptions): string {
  const { top, columns, colors: isColored, next } = options
  const colors = stylesOf(isColored)
  const { scope, time, quality } = headline(report)
  const shown = table.rows.slice(0, top)
  const total = table.rows.length + table.leftOut
  const heading = ['id', ...table.columns.map(({ title }) => title)]
  const cells = shown.map(row => [row.id, ...table.columns.map(column => cellText(row, column))])
  const [titles = '', ...lines] = textTable([heading, ...cells], columns, alignments(table.columns))
  const range =
    shown.length === total
      ? `all ${total}`
      : `${shown.length} of ${total.toLocaleString('en-US')}, ${more(total, top)}`
  const selected = selectionText(report)
  const selection = selected === '' ? [] : [selected]
  const head = [`Run ${report.run.id}   ${scope}`, ...selection, time, quality, '']
  const body =
    shown.length === 0
      ? [`${colors.bold(table.title)}: none`]
      : [`${colors.bold(table.title)}   ${range}`, colors.dim(titles), ...lines]
  const end = next.length === 0 ? [] : ['', 'Next:', ...next.map(command => `  ${command}`)]
  return `${[...head, ...body, ...end].map(line => cliTruncate(line, columns)).join('\n')}\n`
}

function more(total: number, top: number): string {
  const most = top * 10
  return most < total ? `more with --top ${most}` : `all with --top ${total}`
}

function alignments(columns: readonly Column[]): ('left' | 'right')[] {
  return ['left', ...columns.map(({ unit }) => (unit === 'ms' || unit === 'count' ? 'right' : 'left'))]
}

function cellText(row: Row, { key, unit }: Column): string {
  const value: Cell = row[key] ?? null
  if (value === null) return '–'
  if (unit === 'ms') return duration(Number(value))
  if (unit === 'count') return Number(value).toLocaleString('en-US')
  if (unit === 'text') return cliTruncate(plain(String(value)), LONGEST_TEXT)
  return (
    position({ file: String(value), line: Number(row.line ?? 0), column: Number(row.column ?? 0) }) || '–'
  )
}
