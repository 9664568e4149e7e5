// How the figures of a comparison read: shared by the terminal, Markdown and the page, so that all show the same. Needs no
// Node.

import type { ComparisonRow, Measure, Table } from '../../compare/comparison.js'
import { duration } from '../../report/views/figures.js'

export const TITLES: Readonly<Record<Table, string>> = {
  run: 'Run',
  phases: 'Phases',
  functions: 'Functions',
  tests: 'Tests',
  files: 'Test files',
  modules: 'Imports',
  packages: 'Packages',
  hooks: 'Hooks',
}

const MEASURES: Readonly<Record<Measure, string>> = {
  wall: 'wall',
  cpu: 'CPU',
  ready: 'no core',
  blocked: 'blocked',
  idle: 'waiting',
  gc: 'GC',
  self: 'self',
}

/** Of a row that stands for others, too, all of theirs: `wall, CPU`. */
export function measureText({
  measure,
  alike = [],
}: Pick<ComparisonRow, 'measure'> & { alike?: readonly Measure[] }): string {
  return (Object.keys(MEASURES) as Measure[])
    .filter(known => known === measure || alike.includes(known))
    .map(known => MEASURES[known])
    .join(', ')
}

/** Medians; with an error where there is one, and with the range of several runs where nothing else tells their scatter. */
export function mediansText({ base, head, interval95Ms }: ComparisonRow): string {
  return `${medianText(base, interval95Ms)} → ${medianText(head, interval95Ms)}`
}

export function medianText(side: ComparisonRow['base'], interval95Ms: ComparisonRow['interval95Ms']): string {
  if (side === null) return '–'
  const values = side.values.filter(value => value !== null)
  if (side.errorMs !== null) return `${duration(side.medianMs)} ±${duration(side.errorMs)}`
  if (values.length < 2 || interval95Ms !== null) return duration(side.medianMs)
  return `${duration(side.medianMs)} (${duration(Math.min(...values))} … ${duration(Math.max(...values))})`
}

export function changeText({ changeMs, verdict }: ComparisonRow): string {
  return changeMs === null ? verdict : signed(changeMs)
}

export function relativeText({
  changePercent,
  changeMs,
}: Pick<ComparisonRow, 'changePercent' | 'changeMs'>): string {
  if (changeMs === null) return ''
  if (changeMs === 0) return '0 %'
  if (changePercent === null) return 'from 0'
  const digits = Math.abs(changePercent) < 9.95 ? 1 : 0
  return `${changePercent < 0 ? '−' : '+'}${Math.abs(changePercent).toFixed(digits)} %`
}

export function intervalText({ interval95Ms }: ComparisonRow): string {
  return interval95Ms === null ? '' : `${signed(interval95Ms[0])} … ${signed(interval95Ms[1])}`
}

/** `proven`, `clear` or `unclear`; of what is on one side only, nothing. */
export function evidence({ base, head, certainty }: ComparisonRow): string {
  return base === null || head === null ? '' : certainty
}

/** As benchstat has it: `p=0.003 n=10+10`; without a test, why there is none. */
export function statistics(row: ComparisonRow): string {
  const { pAdjusted, base, head, verdict } = row
  if (base === null || head === null) return ''
  const runs = [base, head].map(({ values }) => values.filter(value => value !== null).length)
  const n = `n=${runs.join('+')}`
  if (pAdjusted === null) return `${n} ${verdict}`
  return `${pText(pAdjusted)} ${n}${verdict === 'within drift' ? ', within drift' : ''}`
}

function pText(p: number): string {
  return p < 0.001 ? 'p<0.001' : `p=${p.toFixed(3)}`
}

/** What the three words mean. */
export const LEGEND =
  'proven: more than noise, after correction for all that was tested · clear: the runs of the two sides do not overlap · unclear: the rest'

/** With its sign. */
export function signed(milliseconds: number): string {
  if (milliseconds === 0) return '0 ms'
  return `${milliseconds < 0 ? '−' : '+'}${duration(Math.abs(milliseconds))}`
}
