// Tables for the terminal: rows of aligned cells, without borders.

import stringWidth from 'fast-string-width'
import { type Cell, hasFigures } from '../../tables/cell.js'
import { type CellStyle, cellText } from '../../tables/cell-text.js'
import { columnsFor, type TableColumn } from '../../tables/table.js'
import { truncate } from '../truncate.js'

export interface TableLines {
  readonly style: CellStyle
  /** Width of the terminal. */
  readonly columns: number
  readonly dim: (text: string) => string
}

const BELOW = ' '.repeat(12)

/** A line for each row, followed by lines for the cells of columns with `isBelow`. */
export function tableLines<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  { style, columns: width, dim }: TableLines,
): string[] {
  const all = columnsFor('terminal', columns)
  const beside = all.filter(({ isBelow }) => isBelow !== true)
  const below = all.filter(({ isBelow }) => isBelow)
  const cells = rows.map(row => beside.map(column => column.cell(row)))
  const alignments = beside.map((column, index) =>
    column.align === 'right' || hasFigures(cells, index) ? 'right' : 'left',
  )
  const texts = cells.map(row => row.map((cell, index) => cellOfTerminal(cell, beside[index], style)))
  return textTable(texts, width, alignments).flatMap((line, index) => [
    line,
    ...below
      .map(column => cellText(column.cell(rows[index] as Row), style))
      .filter(text => text !== '')
      .map(text => dim(truncate(`${BELOW}→ ${text}`, width - 2))),
  ])
}

/** The cell with a lead instead of a heading: `×3`, `self 7.5 ms`, `in “adds up” (120 ms)`. */
function cellOfTerminal(cell: Cell, column: { readonly lead?: string } | undefined, style: CellStyle) {
  if (cell.kind === 'count') return cell.amount === null ? '' : `×${cellText(cell, style)}`
  const lead = column?.lead
  if (lead === undefined || cell.kind === 'text') return cellText(cell, style)
  const text = cellText(cell, { ...style, name: name => `“${style.name(name)}”` })
  return text === '' ? '' : `${lead} ${text}`
}

/** Narrower tables are unreadable. */
const NARROWEST = 40

type Alignment = 'left' | 'right'

/** Lines are cut to the width of the terminal. Columns without an alignment are left-aligned. */
export function textTable(
  rows: readonly (readonly string[])[],
  columns: number,
  alignments: readonly Alignment[] = ['right', 'right'],
): string[] {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell))
    })
  const padded = (cell: string, index: number) => {
    const blanks = ' '.repeat((widths[index] ?? 0) - stringWidth(cell))
    return alignments[index] === 'right' ? blanks + cell : cell + blanks
  }
  return rows.map(row =>
    truncate(`  ${row.map(padded).join('  ')}`.trimEnd(), Math.max(NARROWEST, columns - 2)),
  )
}
