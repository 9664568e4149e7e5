// Functions that define a column in one line.

import type { Category, ValueType } from '../profile/profile.js'
import type { Report } from '../report/report.js'
import { duration, percent } from '../report/views/figures.js'
import { type Cell, countCell, durationCell, type TimeParts, textCell } from './cell.js'
import type { Output, TableColumn } from './table.js'

export const EVERYWHERE: readonly Output[] = ['terminal', 'markdown', 'show', 'page', 'overview']

/** Named placements: where a column is shown, and how. */
const PLACEMENTS = {
  everywhere: { in: EVERYWHERE },
  /** All outputs that have headings. */
  headings: {},
  /** The column that a row is about. */
  subject: { in: EVERYWHERE, isSubject: true },
  terminal: { in: ['terminal'] },
  markdown: { in: ['markdown'] },
  text: { in: ['terminal', 'markdown'] },
  show: { in: ['show'] },
  lists: { in: ['show', 'page'] },
  page: { in: ['page'] },
  minor: { isMinor: true },
  /** Only on the page, and not on a phone. */
  detail: { in: ['page'], isMinor: true },
} as const

type Placement = keyof typeof PLACEMENTS | Partial<Omit<TableColumn, 'key' | 'heading' | 'cell'>>

export function column<Row>(
  key: string,
  heading: string,
  cell: (row: Row) => Cell,
  placement: Placement = 'headings',
): TableColumn<Row> {
  return { key, heading, ...(typeof placement === 'string' ? PLACEMENTS[placement] : placement), cell }
}

/** The names of a row's figures, which are null if unknown. */
type FigureOf<Row> = { [Key in keyof Row]: Row[Key] extends number | null ? Key : never }[keyof Row] & string

/** A column of times in milliseconds. */
export function ms<Row>(key: FigureOf<Row>, heading: string, placement?: Placement): TableColumn<Row> {
  return column(key, heading, row => durationCell(row[key] as number | null), placement)
}

export function count<Row>(key: FigureOf<Row>, heading: string, placement?: Placement): TableColumn<Row> {
  return column(key, heading, row => countCell(row[key] as number | null), placement)
}

/** A column of times in microseconds or sizes in bytes, as samples have them. */
export function amount<Row>(
  key: FigureOf<Row>,
  heading: string,
  unit: ValueType['unit'],
  placement?: Placement,
): TableColumn<Row> {
  return column(key, heading, row => ({ kind: 'amount', amount: row[key] as number | null, unit }), placement)
}

/** What was allocated; no column if the run did not record that. */
export function allocated<Row extends { readonly allocatedBytes?: number | undefined }>(
  { memory }: Pick<Report, 'memory'>,
  placement?: Placement,
): TableColumn<Row>[] {
  if (memory?.allocated == null) return []
  const cell = ({ allocatedBytes = null }: { readonly allocatedBytes?: number | undefined | null }): Cell => {
    return { kind: 'amount', amount: allocatedBytes, unit: 'bytes' }
  }
  return [column('allocatedBytes', 'allocated', cell, placement)]
}

export function text<Row>(
  key: string,
  heading: string,
  textOf: (row: Row) => string,
  placement?: Placement,
): TableColumn<Row> {
  return column(key, heading, row => textCell(textOf(row)), placement)
}

export function category(placement?: Placement): TableColumn<{ readonly category: Category }> {
  return column('category', 'category', row => ({ kind: 'category', category: row.category }), placement)
}

/** With fewer samples, a CPU time is rough. */
const FEW_SAMPLES = 10

export function isRough({ sampleCount }: Pick<TimeParts, 'sampleCount'>): boolean {
  return typeof sampleCount === 'number' && sampleCount < FEW_SAMPLES
}

/** The columns that add up to wall time. */
export function timeParts<Row extends TimeParts>(): TableColumn<Row>[] {
  return [
    column('cpuMs', 'CPU', row => durationCell(row.cpuMs, { isRough: isRough(row) })),
    column('readyMs', 'no core', row => durationCell(row.readyMs), 'minor'),
    column('blockedMs', 'blocked', row => durationCell(row.blockedMs), 'minor'),
    column('idleMs', 'waiting', row => durationCell(row.idleMs)),
  ]
}

/** The part that took at least half of the wall time, such as `waits 80 %`; otherwise the CPU time. */
export function mostOfTime(times: TimeParts): string {
  const { wallMs, cpuMs, readyMs, blockedMs, idleMs, importsMs = null } = times
  if (cpuMs === null || idleMs === null) return 'CPU –'
  const parts = { 'no core': readyMs, waits: idleMs, imports: importsMs, blocked: blockedMs }
  const [most] = Object.entries(parts).flatMap(([name, ms]) =>
    ms !== null && ms >= wallMs / 2 ? `${name} ${percent(ms, wallMs)}` : [],
  )
  return most ?? `CPU ${isRough(times) ? '~' : ''}${duration(cpuMs)}`
}
