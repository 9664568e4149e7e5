// How a comparison reads in text: shared by the terminal and Markdown, so that both show the same.

import type { Comparison, ComparisonRow, Entity, Measure, Table } from '../../compare/comparison.js'
import { count, duration } from '../../report/figures.js'
import { plain, position, testName } from '../wording.js'

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
  idle: 'waiting',
  gc: 'GC',
  self: 'self',
}

/** What a row is of. Files and modules have no name but their path. */
export function nameOf({ table, entity }: Pick<ComparisonRow, 'table' | 'entity'>): string {
  if (table === 'files' || table === 'modules') return plain(entity.file)
  if (table === 'functions') return plain(entity.name.join(' ')) || '(anonymous)'
  if (table === 'hooks') {
    const type = entity.name.at(-1) ?? ''
    return entity.name.length < 2 ? type : `${type} of ${testName(entity.name.slice(0, -1))}`
  }
  return testName(entity.name)
}

/** Where it is; `''` of what is in no place, or named by its path. */
export function placeOf(entity: Entity): string {
  if (entity.name.length === 0) return plain(entity.project)
  const project = entity.project === '' ? '' : ` (${plain(entity.project)})`
  return position(entity) + project
}

/** What it was in base, where it reads differently for another reason than shifted lines. */
export function formerly({ table, entity, was }: ComparisonRow): string {
  if (was === null) return ''
  if (was.file !== entity.file) return `moved from ${plain(was.file)}`
  const [before, now] = [nameOf({ table, entity: was }), nameOf({ table, entity })]
  return before === now ? '' : `was ${before}`
}

export function measureText({ measure }: Pick<ComparisonRow, 'measure'>): string {
  return MEASURES[measure]
}

/** Medians; with an error where there is one, and with the range of several runs where nothing else tells their scatter. */
export function mediansText({ base, head, interval95Ms }: ComparisonRow): string {
  const text = (side: ComparisonRow['base']) => {
    if (side === null) return '–'
    const values = side.values.filter(value => value !== null)
    if (side.errorMs !== null) return `${duration(side.medianMs)} ±${duration(side.errorMs)}`
    if (values.length < 2 || interval95Ms !== null) return duration(side.medianMs)
    return `${duration(side.medianMs)} (${duration(Math.min(...values))} … ${duration(Math.max(...values))})`
  }
  return `${text(base)} → ${text(head)}`
}

/** `~` where a change is not told from noise. */
export function changeText({ changeMs, verdict }: ComparisonRow): string {
  if (changeMs === null) return verdict
  if (verdict === 'no change shown' || verdict === 'within drift' || verdict === 'within sampling error')
    return '~'
  return signed(changeMs)
}

export function relativeText({ changePercent, changeMs }: ComparisonRow): string {
  if (changeMs === null) return ''
  if (changeMs === 0) return '0 %'
  if (changePercent === null) return 'from 0'
  const digits = Math.abs(changePercent) < 9.95 ? 1 : 0
  return `${changePercent < 0 ? '−' : '+'}${Math.abs(changePercent).toFixed(digits)} %`
}

export function intervalText({ interval95Ms }: ComparisonRow): string {
  return interval95Ms === null ? '' : `${signed(interval95Ms[0])} … ${signed(interval95Ms[1])}`
}

/** As benchstat has it: `p=0.003 n=10+10`; without a test, why there is none. */
export function evidence(row: ComparisonRow): string {
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

function signed(milliseconds: number): string {
  if (milliseconds === 0) return '0 ms'
  return `${milliseconds < 0 ? '−' : '+'}${duration(Math.abs(milliseconds))}`
}

/** How many runs each side has. */
export function sidesText({ base, head }: Comparison): string {
  return `base ${count(base.runs.length, 'run')} · head ${count(head.runs.length, 'run')}`
}
