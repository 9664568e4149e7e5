// A table for the terminal: rows of aligned cells without headings.

import cliTruncate from 'cli-truncate'
import type { Cell } from '../../tables/cell.js'
import { isFigure } from '../../tables/cell.js'
import { type CellStyle, cellText } from '../../tables/cell-text.js'
import { columnsFor, type TableColumn } from '../../tables/table.js'
import { textTable } from './text-table.js'

export interface TableLines {
  readonly style: CellStyle
  /** Width of the terminal. */
  readonly columns: number
  readonly dim: (text: string) => string
}

const BELOW = ' '.repeat(12)

/** A line for each row, followed by those of its cells that stand below it. */
export function tableLines<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  { style, columns: width, dim }: TableLines,
): string[] {
  const all = columnsFor('terminal', columns)
  const [beside, below] = [
    all.filter(({ isBelow }) => isBelow !== true),
    all.filter(({ isBelow }) => isBelow),
  ]
  const cells = rows.map(row => beside.map(column => column.cell(row)))
  const alignments = beside.map((column, index) =>
    column.align === 'right' || cells.some(row => isFigure(row[index] as Cell)) ? 'right' : 'left',
  )
  const texts = cells.map(row => row.map((cell, index) => cellOfTerminal(cell, beside[index], style)))
  return textTable(texts, width, alignments).flatMap((line, index) => [
    line,
    ...below
      .map(column => cellText(column.cell(rows[index] as Row), style))
      .filter(text => text !== '')
      .map(text => dim(cliTruncate(`${BELOW}→ ${text}`, width - 2))),
  ])
}

/** With what stands for the heading: `×3`, `self 7.5 ms`. A text that says of nothing speaks for itself. */
function cellOfTerminal(
  cell: Cell,
  column: { readonly lead?: string } | undefined,
  style: CellStyle,
): string {
  if (cell.kind === 'count') return cell.amount === null ? '' : `×${cellText(cell, style)}`
  const text = cellText(cell, style)
  const lead = column?.lead
  return lead === undefined || cell.kind === 'text' || text === '' ? text : `${lead} ${text}`
}
