// Tables for the terminal: rows of aligned cells, without borders.

import { max } from 'd3-array'
import stringWidth from 'fast-string-width'
import { type Cell, hasFigures } from '../../tables/cell.js'
import { type CellStyle, cellText } from '../../tables/cell-text.js'
import { columnsFor, type TableColumn } from '../../tables/table.js'
import { truncate } from '../truncate.js'
import { fittingWidths, NARROWEST_CELL, wrapped } from './fitting.js'
import type { PathLink } from './output-stream.js'

export interface TableLines {
  readonly style: CellStyle
  /** Width of the terminal. */
  readonly columns: number
  readonly dim: (text: string) => string
  /** For paths that are cut, which terminals cannot recognize; undefined: the terminal shows no links. */
  readonly link?: PathLink | undefined
}

const INDENT = '  '
const GAP = '  '
const BELOW = ' '.repeat(12)

/** Narrower tables are unreadable. */
const NARROWEST = 40

/** The lines of each row: its cells, wrapped where they are prose, and below them the cells of columns with `isBelow`. */
export function tableLines<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  { style, columns: width, dim, link }: TableLines,
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
  const linkOf = (text: string, row: number, index: number) => {
    const path = pathIn(cells[row]?.[index], style)
    // Terminals recognize whole paths themselves.
    return link === undefined || path === '' || text.includes(path) ? text : link(text, path)
  }
  return drawRows(texts, drawn, { room, linkOf }).map((lines, index) => [
    ...lines,
    ...below
      .map(column => cellText(column.cell(rows[index] as Row), style))
      .filter(text => text !== '')
      .flatMap(text => wrapBelow(text).map(dim)),
  ])
}

/** The path of a cell from the folder in which the reader is; `''` without one. */
function pathIn(cell: Cell | undefined, { toShown }: CellStyle): string {
  if (cell?.kind === 'place') return toShown(cell.place.file)
  return cell?.kind === 'test file' ? toShown(cell.file.path) : ''
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
  return drawRows(rows, drawn, { room: Math.max(NARROWEST, columns - 2) }).flat()
}

function drawRows(
  rows: readonly (readonly string[])[],
  columns: readonly DrawnColumn[],
  { room, linkOf }: { room: number; linkOf?: (text: string, row: number, index: number) => string },
): string[][] {
  const prose = columns.findIndex(({ isProse }) => isProse)
  const aligned = prose < 0 ? columns : columns.slice(0, prose)
  const widest = aligned.map((_, index) => max(rows, row => stringWidth(row[index] ?? '')) ?? 0)
  const gaps = INDENT.length + GAP.length * (aligned.length - 1)
  const widths = fittingWidths(widest, room - gaps - (prose < 0 ? 0 : NARROWEST_CELL))
  return rows.map((row, position) => {
    const cells = aligned.map((column, index) =>
      alignedCell(row[index] ?? '', widths[index] ?? 0, {
        ...column,
        linked: text => linkOf?.(text, position, index) ?? text,
      }),
    )
    const line = `${INDENT}${cells.join(GAP)}`
    if (prose < 0) return [truncate(line.trimEnd(), room)]
    const first = aligned.length === 0 ? INDENT : line + GAP
    return wrapped(row[prose] ?? '', room, { first, others: ' '.repeat(stringWidth(first)) })
  })
}

function alignedCell(
  text: string,
  width: number,
  { alignment, isPath, linked }: DrawnColumn & { readonly linked: (text: string) => string },
): string {
  const shown = truncate(text, width, { position: isPath === true ? 'middle' : 'end' })
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(shown)))
  return alignment === 'right' ? blanks + linked(shown) : linked(shown) + blanks
}
