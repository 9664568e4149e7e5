// How columns are written: a line each.

import type { Category } from '../profile/profile.js'
import { duration, percent } from '../report/views/figures.js'
import { type Cell, countCell, durationCell, type TimeParts, textCell } from './cell.js'
import type { Output, TableColumn } from './table.js'

export const EVERYWHERE: readonly Output[] = ['terminal', 'markdown', 'show', 'page', 'overview']

/** Where columns are shown, and how, by a name. */
const PLACEMENTS = {
  everywhere: { in: EVERYWHERE },
  /** Wherever there are headings. */
  headings: {},
  /** What a row is about. */
  subject: { in: EVERYWHERE, isSubject: true },
  terminal: { in: ['terminal'] },
  markdown: { in: ['markdown'] },
  text: { in: ['terminal', 'markdown'] },
  show: { in: ['show'] },
  lists: { in: ['show', 'page'] },
  page: { in: ['page'] },
  minor: { isMinor: true },
  /** On the page alone, and there left out on a phone. */
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

/** The names of a row's figures; null stands for unknown ones. */
type FigureOf<Row> = { [Key in keyof Row]: Row[Key] extends number | null ? Key : never }[keyof Row] & string

/** A time of the row, in milliseconds. */
export function ms<Row>(key: FigureOf<Row>, heading: string, placement?: Placement): TableColumn<Row> {
  return column(key, heading, row => durationCell(row[key] as number | null), placement)
}

export function count<Row>(key: FigureOf<Row>, heading: string, placement?: Placement): TableColumn<Row> {
  return column(key, heading, row => countCell(row[key] as number | null), placement)
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

/** Samples below which a CPU time is rough. */
const FEW_SAMPLES = 10

export function isRough({ sampleCount }: Pick<TimeParts, 'sampleCount'>): boolean {
  return typeof sampleCount === 'number' && sampleCount < FEW_SAMPLES
}

export function wallTime<Row extends TimeParts>(): TableColumn<Row> {
  return column('wallMs', 'wall', row => durationCell(row.wallMs), 'everywhere')
}

/** The four that add up to wall time. */
export function timeParts<Row extends TimeParts>(): TableColumn<Row>[] {
  return [
    column('cpuMs', 'CPU', row => durationCell(row.cpuMs, { isRough: isRough(row) })),
    column('readyMs', 'no core', row => durationCell(row.readyMs), 'minor'),
    column('blockedMs', 'blocked', row => durationCell(row.blockedMs), 'minor'),
    column('idleMs', 'waiting', row => durationCell(row.idleMs)),
  ]
}

/** What took half of the wall time or more, such as `waits 80 %`; else how much CPU time there was. */
export function mostOfTime(times: TimeParts): string {
  const { wallMs, cpuMs, readyMs, blockedMs, idleMs, importsMs = null } = times
  if (cpuMs === null || idleMs === null) return 'CPU –'
  const parts = { 'no core': readyMs, waits: idleMs, imports: importsMs, blocked: blockedMs }
  const [most] = Object.entries(parts).flatMap(([name, ms]) =>
    ms !== null && ms >= wallMs / 2 ? `${name} ${percent(ms, wallMs)}` : [],
  )
  return most ?? `CPU ${isRough(times) ? '~' : ''}${duration(cpuMs)}`
}
