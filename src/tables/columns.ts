// Columns that several tables have.

import { type Cell, countCell, durationCell } from './cell.js'
import type { Output, TableColumn } from './table.js'

type Given<Row> = Partial<Omit<TableColumn<Row>, 'key' | 'heading' | 'cell'>>

export const TEXT: readonly Output[] = ['terminal', 'markdown']
export const EVERYWHERE: readonly Output[] = ['terminal', 'markdown', 'show', 'page', 'overview']

/** A column of times; null where they are unknown. */
export function duration<Row>(
  key: string,
  heading: string,
  msOf: (row: Row) => number | null,
  given: Given<Row> = {},
): TableColumn<Row> {
  return { key, heading, ...given, cell: row => durationCell(msOf(row)) }
}

export function count<Row>(
  key: string,
  heading: string,
  amountOf: (row: Row) => number | null,
  given: Given<Row> = {},
): TableColumn<Row> {
  return { key, heading, ...given, cell: row => countCell(amountOf(row)) }
}

export function column<Row>(
  key: string,
  heading: string,
  cell: (row: Row) => Cell,
  given: Given<Row> = {},
): TableColumn<Row> {
  return { key, heading, ...given, cell }
}

interface Times {
  readonly wallMs: number
  readonly cpuMs: number | null
  readonly readyMs: number | null
  readonly blockedMs: number | null
  readonly idleMs: number | null
  readonly gcMs: number | null
  /** Undefined: of sums of so many that none is rough. */
  readonly sampleCount?: number | null
  readonly uncertaintyMs?: number | null
}

/** Samples below which a CPU time is rough. */
const FEW_SAMPLES = 10

export function isRough({ sampleCount }: Pick<Times, 'sampleCount'>): boolean {
  return typeof sampleCount === 'number' && sampleCount < FEW_SAMPLES
}

/** Wall time and the four that add up to it. */
export function times<Row extends Times>(wall: readonly Output[] = EVERYWHERE): TableColumn<Row>[] {
  return [
    duration('wallMs', 'wall', row => row.wallMs, { in: wall, meaning: 'by the clock on the wall' }),
    column('cpuMs', 'CPU', row => durationCell(row.cpuMs, isRough(row) ? { isRough: true } : {}), {
      meaning: 'time in which the thread ran, garbage collection included; ~: rests on a few samples',
    }),
    duration('readyMs', 'no core', row => row.readyMs, {
      meaning: 'the thread was runnable but not scheduled: no core was free',
      isMinor: true,
    }),
    duration('blockedMs', 'blocked', row => row.blockedMs, {
      meaning: 'in synchronous calls that wait, such as execSync',
      isMinor: true,
    }),
    duration('idleMs', 'waiting', row => row.idleMs, {
      meaning: 'nothing to run: timers, sockets, processes',
    }),
  ]
}

/** Part of CPU. */
export function collection<Row extends Pick<Times, 'gcMs'>>(given: Given<Row> = {}): TableColumn<Row> {
  return duration('gcMs', 'GC', row => row.gcMs, {
    meaning: 'garbage collection, part of CPU',
    isMinor: true,
    ...given,
  })
}
