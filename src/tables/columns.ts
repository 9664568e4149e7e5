// How columns are written: a line each. Where no placement is given, a column is shown wherever there are headings.

import type { Category } from '../profile/profile.js'
import { type Cell, countCell, durationCell, type TimeParts, textCell } from './cell.js'
import type { TableColumn } from './table.js'

type Placement = Partial<Omit<TableColumn, 'key' | 'heading' | 'cell'>>

export const EVERYWHERE: Placement = { in: ['terminal', 'markdown', 'show', 'page', 'overview'] }
/** What a row is about. */
export const SUBJECT: Placement = { ...EVERYWHERE, isSubject: true }
export const TERMINAL: Placement = { in: ['terminal'] }
export const MARKDOWN_ONLY: Placement = { in: ['markdown'] }
export const TEXT: Placement = { in: ['terminal', 'markdown'] }
export const SHOW: Placement = { in: ['show'] }
export const LISTS: Placement = { in: ['show', 'page'] }
export const PAGE: Placement = { in: ['page'] }
export const MINOR: Placement = { isMinor: true }
/** On the page alone, and there left out on a phone. */
export const DETAIL: Placement = { ...PAGE, ...MINOR }

/** The names of a row's figures; null stands for unknown ones. */
type FigureOf<Row> = { [Key in keyof Row]: Row[Key] extends number | null ? Key : never }[keyof Row] & string

/** A time of the row, in milliseconds. */
export function ms<Row>(key: FigureOf<Row>, heading: string, placement: Placement = {}): TableColumn<Row> {
  return { key, heading, ...placement, cell: row => durationCell(row[key] as number | null) }
}

export function count<Row>(key: FigureOf<Row>, heading: string, placement: Placement = {}): TableColumn<Row> {
  return { key, heading, ...placement, cell: row => countCell(row[key] as number | null) }
}

export function text<Row>(
  key: string,
  heading: string,
  textOf: (row: Row) => string,
  placement: Placement = {},
): TableColumn<Row> {
  return { key, heading, ...placement, cell: row => textCell(textOf(row)) }
}

export function column<Row>(
  key: string,
  heading: string,
  cell: (row: Row) => Cell,
  placement: Placement = {},
): TableColumn<Row> {
  return { key, heading, ...placement, cell }
}

export function category<Row extends { readonly category: Category }>(
  placement: Placement = {},
): TableColumn<Row> {
  return column('category', 'category', row => ({ kind: 'category', category: row.category }), placement)
}

/** Samples below which a CPU time is rough. */
const FEW_SAMPLES = 10

export function isRough({ sampleCount }: Pick<TimeParts, 'sampleCount'>): boolean {
  return typeof sampleCount === 'number' && sampleCount < FEW_SAMPLES
}

export function wallTime<Row extends TimeParts>(): TableColumn<Row> {
  return column('wallMs', 'wall', row => durationCell(row.wallMs), EVERYWHERE)
}

/** The four that add up to wall time. */
export function timeParts<Row extends TimeParts>(): TableColumn<Row>[] {
  return [
    column('cpuMs', 'CPU', row => durationCell(row.cpuMs, { isRough: isRough(row) })),
    column('readyMs', 'no core', row => durationCell(row.readyMs), MINOR),
    column('blockedMs', 'blocked', row => durationCell(row.blockedMs), MINOR),
    column('idleMs', 'waiting', row => durationCell(row.idleMs)),
  ]
}
