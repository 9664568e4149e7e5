// Texts of a comparison: its verdict, values and names. The terminal, Markdown and the page share them. Outputs must
// escape them, because names come from test code.

import type { Comparison, ComparisonRow, Entity, Measure, Table } from '../../compare/comparison.js'
import { count, duration, signedPercent } from '../../report/views/figures.js'
import { nameText, pathText } from '../../report/views/names.js'
import { positionText } from '../../tables/cell-text.js'

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

/** What was measured, such as `wall, CPU` for a row that represents two. */
export function measureText({
  measure,
  sameMeasures = [],
}: Pick<ComparisonRow, 'measure'> & { sameMeasures?: readonly Measure[] }): string {
  return (Object.keys(MEASURES) as Measure[])
    .filter(known => known === measure || sameMeasures.includes(known))
    .map(known => MEASURES[known])
    .join(', ')
}

/** The median with its error, or with the range of several runs if there is no confidence interval. */
export function medianText(side: ComparisonRow['base'], interval95Ms: ComparisonRow['interval95Ms']): string {
  if (side === null) return '–'
  const values = side.values.filter(value => value !== null)
  if (side.errorMs !== null) return `${duration(side.medianMs)} ±${duration(side.errorMs)}`
  if (values.length < 2 || interval95Ms !== null) return duration(side.medianMs)
  return `${duration(side.medianMs)} (${duration(Math.min(...values))} … ${duration(Math.max(...values))})`
}

export function mediansText({ base, head, interval95Ms }: ComparisonRow): string {
  return `${medianText(base, interval95Ms)} → ${medianText(head, interval95Ms)}`
}

export function changeText({ changeMs, verdict }: Pick<ComparisonRow, 'changeMs' | 'verdict'>): string {
  return changeMs === null ? verdict : signed(changeMs)
}

export function relativeText({
  changePercent,
  changeMs,
}: Pick<ComparisonRow, 'changePercent' | 'changeMs'>): string {
  if (changeMs === null) return ''
  if (changeMs === 0) return '0 %'
  return changePercent === null ? 'from 0' : signedPercent(changePercent)
}

export function intervalText({ interval95Ms }: Pick<ComparisonRow, 'interval95Ms'>): string {
  return interval95Ms === null ? '' : `${signed(interval95Ms[0])} … ${signed(interval95Ms[1])}`
}

/** `proven`, `clear` or `unclear`; `''` for rows of one side only. */
export function certaintyText({ base, head, certainty }: ComparisonRow): string {
  return base === null || head === null ? '' : certainty
}

/** As in benchstat: `p=0.003 n=10+10`; without a test, the reason. */
export function statisticsText({ pAdjusted, base, head, verdict }: ComparisonRow): string {
  if (base === null || head === null) return ''
  const runs = [base, head].map(({ values }) => values.filter(value => value !== null).length)
  const n = `n=${runs.join('+')}`
  if (pAdjusted === null) return `${n} ${verdict}`
  const p = pAdjusted < 0.001 ? 'p<0.001' : `p=${pAdjusted.toFixed(3)}`
  return `${p} ${n}${verdict === 'within drift' ? ', within drift' : ''}`
}

/** Explains `certaintyText`. */
export const LEGEND =
  'proven: significant after correction for multiple tests · clear: the runs of the two sides do not overlap · unclear: neither'

export const CONTEXT_TITLE = 'Environment differences'

/** With its sign. */
function signed(milliseconds: number): string {
  if (milliseconds === 0) return '0 ms'
  return `${milliseconds < 0 ? '−' : '+'}${duration(Math.abs(milliseconds))}`
}

/** The change of the run's time, its certainty, and the largest changes within it. */
export function verdictSentence(comparison: Pick<Comparison, 'tables' | 'method'>): string {
  const { tables, method } = comparison
  const run = tables.run.find(({ entity, measure }) => entity.name[0] === 'run' && measure === 'wall')
  const isRunTold = run !== undefined && run.certainty !== 'unclear'
  const changes = largestChanges(comparison, isRunTold ? (run.changeMs ?? 0) : 0)
  const sentence = run === undefined ? '' : `${runSentence(run)} `
  if (changes.length === 0) return `${sentence}${nothingSignificant(method)}${largestDifference(comparison)}`
  const lead = isRunTold ? 'Most of it' : 'What changed'
  return `${sentence}${lead}: ${changes.map(describe).join('; ')}.`
}

function runSentence({ base, head, changeMs, changePercent, certainty }: ComparisonRow): string {
  if (base === null || head === null || changeMs === null) return ''
  const change =
    changeMs === 0 ? 'no change' : `${signed(changeMs)}, ${relativeText({ changeMs, changePercent })}`
  return `The command took ${duration(base.medianMs)} before and ${duration(head.medianMs)} after (${change}, ${certainty}).`
}

function nothingSignificant({ kind, tested }: Comparison['method']): string {
  if (kind === 'statistics') return `No significant change (0 of ${count(tested, 'metric')} tested).`
  if (kind === 'ranges') return 'Inconclusive: too few runs to separate change from noise.'
  return 'Inconclusive: one run per side cannot separate change from noise. Record two or more per side.'
}

/** The largest difference, which may be noise, if there is one run per side; `''` otherwise. */
function largestDifference({ method, tables }: Pick<Comparison, 'tables' | 'method'>): string {
  if (method.kind !== 'sampling error') return ''
  const rows = CAUSES.flatMap(table => tables[table]).filter(
    ({ verdict }) => verdict === 'beyond sampling error',
  )
  const [most] = rows.toSorted((a, b) => Math.abs(b.changeMs ?? 0) - Math.abs(a.changeMs ?? 0))
  return most === undefined ? '' : ` The largest difference: ${describe(most)}.`
}

/** Causes are shown rather than what they are part of. */
const CAUSES: readonly Table[] = ['hooks', 'functions', 'modules', 'packages']
const PARTS: readonly Table[] = ['tests', 'files', 'phases']
const MOST_CHANGES = 3

/** The largest certain changes, one for each entity. Changes in the direction of the whole run come first. */
function largestChanges({ tables }: Pick<Comparison, 'tables'>, ofRun: number): ComparisonRow[] {
  const changesOf = (wanted: readonly Table[]) => {
    const entities = new Set<Entity>()
    return wanted
      .flatMap(table => tables[table])
      .filter(({ certainty, changeMs }) => certainty !== 'unclear' && changeMs !== null)
      .toSorted((a, b) => Math.abs(b.changeMs ?? 0) - Math.abs(a.changeMs ?? 0))
      .filter(({ entity }) => !entities.has(entity) && entities.add(entity))
  }
  const causes = changesOf(CAUSES)
  const all = causes.length > 0 ? causes : changesOf(PARTS)
  const isWithRun = ({ changeMs }: ComparisonRow) => (changeMs ?? 0) * ofRun >= 0
  return [...all.filter(isWithRun), ...all.filter(row => !isWithRun(row))].slice(0, MOST_CHANGES)
}

function describe(row: ComparisonRow): string {
  const { entity } = row
  const isPath = entity.name.length === 0
  const project = entity.project === '' ? '' : `(${entity.project})`
  const named = [nameOf(row), isPath ? '' : placeText(entity), project].filter(part => part !== '')
  return `${named.join(' ')} ${signed(row.changeMs ?? 0)}, ${relativeText(row)} (${row.certainty})`
}

export function placeText(entity: Entity): string {
  return positionText(entity, { place: place => place, toShown: path => path })
}

/** The name of a row's entity, which for files and modules is the path. */
export function nameOf({ table, entity }: Pick<ComparisonRow, 'table' | 'entity'>): string {
  if (table === 'files' || table === 'modules') return pathText(entity.file)
  if (table === 'functions') return entity.name.join(' ') || '(anonymous)'
  if (table !== 'hooks' || entity.name.length < 2) return nameText(entity.name)
  return `${entity.name.at(-1) ?? ''} of ${nameText(entity.name.slice(0, -1))}`
}

/** The name or path in base, if it differs; `''` otherwise. */
export function formerName({ table, entity, was }: Pick<ComparisonRow, 'table' | 'entity' | 'was'>): string {
  if (was === null) return ''
  if (was.file !== entity.file) return `moved from ${pathText(was.file)}`
  const [before, now] = [nameOf({ table, entity: was }), nameOf({ table, entity })]
  return before === now ? '' : `was ${before}`
}

/** How many runs each side has. */
export function sidesText({ base, head }: Pick<Comparison, 'base' | 'head'>): string {
  return `base ${count(base.runs.length, 'run')} · head ${count(head.runs.length, 'run')}`
}
