// What a comparison and the things in it are called: shared by the terminal, Markdown and the page, so that all say the
// same.

import type { Comparison, ComparisonRow, Entity, Table } from '../../compare/comparison.js'
import { count } from '../../report/figures.js'
import { plain, position, testName } from '../wording.js'
import { changeText, relativeText } from './row-wording.js'
import { TELLING } from './shown-rows.js'

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
export function formerly({ table, entity, was }: Pick<ComparisonRow, 'table' | 'entity' | 'was'>): string {
  if (was === null) return ''
  if (was.file !== entity.file) return `moved from ${plain(was.file)}`
  const [before, now] = [nameOf({ table, entity: was }), nameOf({ table, entity })]
  return before === now ? '' : `was ${before}`
}

/** How many runs each side has. */
export function sidesText({ base, head }: Comparison): string {
  return `base ${count(base.runs.length, 'run')} · head ${count(head.runs.length, 'run')}`
}
