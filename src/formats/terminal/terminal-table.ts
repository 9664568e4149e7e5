// Tables for the terminal: rows of aligned cells, without borders.

import { max, sum } from 'd3-array'
import stringWidth from 'fast-string-width'
import { wrapAnsi } from 'fast-wrap-ansi'
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

const INDENT = '  '
const GAP = '  '
const BELOW = ' '.repeat(12)

/** Narrower tables are unreadable. */
const NARROWEST = 40
/** Columns of names and paths are not made narrower, and text that wraps has so much room. */
const NARROWEST_CELL = 24

/** The lines of each row: its cells, wrapped where they are prose, and below them the cells of columns with `isBelow`. */
export function tableLines<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  { style, columns: width, dim }: TableLines,
): string[][] {
  const all = columnsFor('terminal', columns)
  const beside = all.filter(({ isBelow }) => isBelow !== true)
  const below = all.filter(({ isBelow }) => isBelow)
  const cells = rows.map(row => beside.map(column => column.cell(row)))
  const texts = cells.map(row => row.map((cell, index) => cellOfTerminal(cell, beside[index], style)))
  const room = Math.max(NARROWEST, width - 2)
  const drawn = beside.map(
    (column, index): DrawnColumn => ({
      alignment: column.align === 'right' || hasFigures(cells, index) ? 'right' : 'left',
      isProse: column.isProse === true,
      isPath: cells.some(row => PATHS.has(row[index]?.kind)),
    }),
  )
  const wrapBelow = (text: string) => wrapped(`→ ${text}`, room, { first: BELOW, others: `${BELOW}  ` })
  return drawRows(texts, drawn, room).map((lines, index) => [
    ...lines,
    ...below
      .map(column => cellText(column.cell(rows[index] as Row), style))
      .filter(text => text !== '')
      .flatMap(text => wrapBelow(text).map(dim)),
  ])
}

const PATHS: ReadonlySet<Cell['kind'] | undefined> = new Set(['place', 'test file'])

/** The cell with a lead instead of a heading: `×3`, `self 7.5 ms`, `in “adds up” (120 ms)`. */
function cellOfTerminal(cell: Cell, column: { readonly lead?: string } | undefined, style: CellStyle) {
  if (cell.kind === 'count') return cell.amount === null ? '' : `×${cellText(cell, style)}`
  const lead = column?.lead
  if (lead === undefined || cell.kind === 'text') return cellText(cell, style)
  const text = cellText(cell, { ...style, name: name => `“${style.name(name)}”` })
  return text === '' ? '' : `${lead} ${text}`
}

type Alignment = 'left' | 'right'

interface DrawnColumn {
  readonly alignment: Alignment
  /** Wraps instead of being cut; the last column. */
  readonly isProse?: boolean
  /** Cut in the middle, so that the file's name and the line remain. */
  readonly isPath?: boolean
}

/** Lines of a table within the width of the terminal. Columns without an alignment are left-aligned. */
export function textTable(
  rows: readonly (readonly string[])[],
  columns: number,
  alignments: readonly Alignment[] = ['right', 'right'],
): string[] {
  const most = max(rows, row => row.length) ?? 0
  const drawn = Array.from({ length: most }, (_, index) => ({ alignment: alignments[index] ?? 'left' }))
  return drawRows(rows, drawn, Math.max(NARROWEST, columns - 2)).flat()
}

function drawRows(
  rows: readonly (readonly string[])[],
  columns: readonly DrawnColumn[],
  room: number,
): string[][] {
  const prose = columns.findIndex(({ isProse }) => isProse)
  const aligned = prose < 0 ? columns : columns.slice(0, prose)
  const widths = fittingWidths(rows, aligned, prose < 0 ? room : room - NARROWEST_CELL)
  return rows.map(row => {
    const cells = aligned.map((column, index) => alignedCell(row[index] ?? '', widths[index] ?? 0, column))
    const line = `${INDENT}${cells.join(GAP)}`
    if (prose < 0) return [truncate(line.trimEnd(), room)]
    const first = aligned.length === 0 ? INDENT : line + GAP
    return wrapped(row[prose] ?? '', room, { first, others: ' '.repeat(stringWidth(first)) })
  })
}

function alignedCell(text: string, width: number, { alignment, isPath }: DrawnColumn): string {
  const shown = truncate(text, width, { position: isPath === true ? 'middle' : 'end' })
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(shown)))
  return alignment === 'right' ? blanks + shown : shown + blanks
}

/** The widest column is made narrower, until the rows fit or none can be. */
function fittingWidths(
  rows: readonly (readonly string[])[],
  columns: readonly DrawnColumn[],
  room: number,
): number[] {
  const widths = columns.map((_, index) => max(rows, row => stringWidth(row[index] ?? '')) ?? 0)
  const excess = () => INDENT.length + sum(widths) + GAP.length * (widths.length - 1) - room
  for (let left = excess(); left > 0; left = excess()) {
    const inOrder = widths.toSorted((a, b) => b - a)
    const [widest = 0, second = 0] = inOrder
    const narrower = Math.max(NARROWEST_CELL, Math.min(second, widest - 1), widest - left)
    if (narrower >= widest) break
    widths[widths.indexOf(widest)] = narrower
  }
  return widths
}

/** Lines of at most `columns`, each with its lead. */
function wrapped(
  text: string,
  columns: number,
  { first, others }: { readonly first: string; readonly others: string },
): string[] {
  const width = Math.max(NARROWEST_CELL, columns - stringWidth(others))
  return wrapAnsi(text, width, { hard: true })
    .split('\n')
    .map((line, index) => `${index === 0 ? first : others}${line}`.trimEnd())
}
