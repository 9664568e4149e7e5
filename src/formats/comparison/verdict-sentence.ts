// The answer of a comparison in a sentence, no surer than its figures are.

import type { Comparison, ComparisonRow, Table } from '../../compare/comparison.js'
import { count } from '../../report/figures.js'
import { changeText, nameOf, placeOf, relativeText } from './comparison-wording.js'

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
