// How a comparison reads in text: shared by the terminal and Markdown, so that both show the same.

import {
  type Comparison,
  type ComparisonRow,
  type Entity,
  type Measure,
  TABLES,
  type Table,
} from '../../compare/comparison.js'
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

const NOUNS: Readonly<Record<Table, string>> = {
  run: 'total',
  phases: 'phase',
  functions: 'function',
  tests: 'test',
  files: 'test file',
  modules: 'import',
  packages: 'package',
  hooks: 'hook',
}

const MEASURES: Readonly<Record<Measure, string>> = {
  wall: 'wall',
  cpu: 'CPU',
  idle: 'waiting',
  gc: 'GC',
  self: 'self',
}

/** Of what a verdict names first: causes before what they are part of. */
const TELLING: readonly Table[] = [
  'functions',
  'packages',
  'modules',
  'hooks',
  'tests',
  'files',
  'phases',
  'run',
]

/** The answer in a sentence, no surer than the figures are. */
export function verdictSentence(comparison: Comparison): string {
  const { method } = comparison
  const growth = rowsWith(comparison, 'slower')
  const decrease = rowsWith(comparison, 'faster')
  if (method.kind === 'ranges') return 'No verdict: with so few runs nothing can be told from noise.'
  if (method.kind === 'sampling error') return singleSentence(comparison)
  if (growth.length === 0 && decrease.length === 0)
    return `Head is not shown to be slower than base: ${noneOf(method.tested)} changed by more than noise.`
  const [largest] = growth.length > 0 ? growth : decrease
  const parts = [
    ...(growth.length > 0 ? [`${amounts(growth)} slower`] : []),
    ...(decrease.length > 0 ? [`${amounts(decrease)} faster`] : []),
  ]
  const example = largest === undefined ? '' : ` The largest: ${describe(largest)}.`
  return `In head ${parts.join('; ')}.${example}`
}

function noneOf(tested: number): string {
  return tested === 1 ? 'the one figure tested has not' : `none of ${count(tested, 'figure')} tested`
}

function singleSentence(comparison: Comparison): string {
  const beyond = rowsWith(comparison, 'beyond sampling error').length
  return `No verdict: of one run a side, ${count(beyond, 'figure')} changed beyond sampling error, by the code or by chance.`
}

/** Causes first; within a table as it is ranked. */
function rowsWith({ tables }: Comparison, verdict: ComparisonRow['verdict']): ComparisonRow[] {
  return TELLING.flatMap(table => tables[table]).filter(row => row.verdict === verdict)
}

/** `2 functions and 1 test are`: each thing once, however many of its figures changed. */
function amounts(rows: readonly ComparisonRow[]): string {
  const things = TELLING.flatMap(table => {
    const entities = new Set(rows.filter(row => row.table === table).map(({ entity }) => entity))
    return entities.size === 0 ? [] : [{ size: entities.size, text: count(entities.size, NOUNS[table]) }]
  })
  const texts = things.map(({ text }) => text)
  const list = [...(texts.length > 1 ? [texts.slice(0, -1).join(', ')] : []), ...texts.slice(-1)]
  return `${list.join(' and ')} ${things.length === 1 && things[0]?.size === 1 ? 'is' : 'are'}`
}

function describe(row: ComparisonRow): string {
  const where = placeOf(row.entity)
  return `${nameOf(row)}${where === '' ? '' : ` ${where}`} ${changeText(row)} (${relativeText(row)})`
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

export interface ShownRows {
  /** Rows of each table, at the most. */
  readonly topN: number
  /** The tables to show, with what may be noise, too; left out: what changed, of all of them. */
  readonly tables?: readonly Table[]
}

/** The tables that have something to show, with these rows. */
export function shownTables(
  comparison: Comparison,
  { topN, tables }: ShownRows,
): { table: Table; rows: ComparisonRow[] }[] {
  return (tables ?? TABLES)
    .map(table => {
      const rows = tables === undefined ? tellingRows(comparison, table) : comparison.tables[table]
      return { table, rows: rows.slice(0, topN) }
    })
    .filter(({ rows }) => rows.length > 0)
}

/**
 * What a person has to see: what changed, each thing once by its leading figure, and of the run and its phases the rest,
 * too. With few runs, when nothing can be said to have changed, all of it.
 */
function tellingRows({ tables, method }: Comparison, table: Table): ComparisonRow[] {
  if (table === 'run' || table === 'phases') return tables[table]
  const isTelling = ({ verdict }: ComparisonRow) =>
    method.kind === 'ranges' ? verdict === 'too few runs' : TELLING_VERDICTS.has(verdict)
  const entities = new Set<Entity>()
  return tables[table].filter(row => {
    if (!isTelling(row) || entities.has(row.entity)) return false
    entities.add(row.entity)
    return true
  })
}

const TELLING_VERDICTS: ReadonlySet<string> = new Set(['slower', 'faster', 'beyond sampling error'])

/** What is on one side only, the costliest first; of a test file that is, no test or hook beside it. */
export function oneSidedRows({ tables }: Comparison): ComparisonRow[] {
  const isOneSided = ({ verdict }: ComparisonRow) => verdict === 'added' || verdict === 'removed'
  const files = new Set(tables.files.filter(isOneSided).map(({ entity }) => entity.file))
  return TABLES.flatMap(table =>
    tables[table].filter(row => table === 'files' || !files.has(row.entity.file)),
  )
    .filter(row => isOneSided(row) && row.measure !== 'cpu')
    .toSorted((a, b) => timeOf(b) - timeOf(a))
}

function timeOf({ base, head }: ComparisonRow): number {
  return head?.medianMs ?? base?.medianMs ?? 0
}

/** How many runs each side has. */
export function sidesText({ base, head }: Comparison): string {
  return `base ${count(base.runs.length, 'run')} · head ${count(head.runs.length, 'run')}`
}
