// A table as JSON, and as text for a person and for a coding agent: a header that says what was measured, rows with an id
// each, and what to run next. No more than `top` rows and MOST_OTHER_LINES lines beside them, each cut to the given width.

import type { Report } from '../report/report.js'
import { grouped } from '../report/views/figures.js'
import { type Cell, hasFigures, textCell } from '../tables/cell.js'
import { cellText } from '../tables/cell-text.js'
import type { ShownTable } from '../tables/shown-table.js'
import { qualityText, scopeText, selectionText, timeText } from './sentences.js'
import { stylesOf } from './terminal/output-stream.js'
import { textTable } from './terminal/terminal-table.js'
import { truncate } from './truncate.js'
import { sanitize, textStyle } from './wording.js'

export interface TableTextOptions {
  readonly top: number
  readonly columns: number
  readonly colors: boolean
  /** Commands worth running next. */
  readonly next: readonly string[]
}

/** Columns: a name may be a paragraph. */
const LONGEST_TEXT = 90

export function toTableText(table: ShownTable, report: Report, options: TableTextOptions): string {
  const { top, columns, colors, next } = options
  const { bold, dim } = stylesOf(colors)
  const shown = table.rows.slice(0, top)
  const total = table.rows.length + table.leftOut
  const headings = ['id', ...table.columns.map(({ heading }) => heading)]
  const cells = shown.map(({ id }, row) => [textCell(id), ...table.cellsOf(row)])
  const [titles = '', ...lines] = headedLines(headings, cells, columns)
  const range =
    shown.length === total ? `all ${total}` : `${shown.length} of ${grouped(total)}, ${more(total, top)}`
  const selected = selectionText(report)
  const head = [
    `Run ${report.run.id}   ${scopeText(report)}`,
    ...(selected === '' ? [] : [sanitize(selected)]),
    ...[timeText(report), qualityText(report), ''],
  ]
  const note = sanitize(table.noteOf(shown.length))
  const body =
    shown.length === 0
      ? [`${bold(table.title)}: none`]
      : [`${bold(table.title)}   ${range}`, dim(titles), ...lines, ...(note === '' ? [] : [dim(`  ${note}`)])]
  const end = next.length === 0 ? [] : ['', 'Next:', ...next.map(command => `  ${command}`)]
  return `${[...head, ...body, ...end].map(line => truncate(line, columns)).join('\n')}\n`
}

/** The headings, and a line for each row. `width`: columns of the terminal. */
export function headedLines(headings: string[], rows: readonly (readonly Cell[])[], width: number): string[] {
  const style = textStyle({ longestName: LONGEST_TEXT, mostItems: 1, toShown: path => path })
  const texts = rows.map(row => row.map(cell => truncate(cellText(cell, style), LONGEST_TEXT) || '–'))
  const alignments = headings.map((_, column) => (hasFigures(rows, column) ? 'right' : 'left'))
  return textTable([headings, ...texts], width, alignments)
}

function more(total: number, top: number): string {
  const most = top * 10
  return most < total ? `more with --top ${most}` : `all with --top ${total}`
}

/** The version of this form of JSON; a new release adds properties, and changes none without a new number. */
const SCHEMA_VERSION = 1

/** The rows that were asked for, whole, and how many there are. */
export function toTableJson({ by, rows, leftOut }: ShownTable, { run }: Pick<Report, 'run'>, top: number) {
  const content = {
    schemaVersion: SCHEMA_VERSION,
    run: run.id,
    ...(run.selection === undefined ? {} : { selection: run.selection }),
    by,
    total: rows.length + leftOut,
    rows: rows.slice(0, top),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
