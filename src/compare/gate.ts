// `--fail-above`: whether a comparison fails a build. Only significant growth does.

import { count } from '../report/views/figures.js'
import { type Comparison, type ComparisonRow, TABLES } from './comparison.js'

export interface Gate {
  readonly failed: boolean
  /** Significant growth above the limit, in the order of the tables. */
  readonly rows: readonly ComparisonRow[]
  /** One line. */
  readonly sentence: string
}

export function gate(comparison: Comparison, failAbovePercent: number): Gate {
  const { kind } = comparison.method
  if (kind !== 'statistics') {
    const sentence = `The limit of ${failAbovePercent} % was not checked: four runs per side are needed to tell growth from noise.`
    return { failed: false, rows: [], sentence }
  }
  const rows = TABLES.flatMap(table => comparison.tables[table]).filter(
    ({ verdict, changePercent }) =>
      verdict === 'slower' && (changePercent ?? Number.POSITIVE_INFINITY) > failAbovePercent,
  )
  const what = rows.length === 0 ? 'Nothing' : count(rows.length, 'metric')
  const sentence = `${what} grew significantly by more than ${failAbovePercent} %.`
  return { failed: rows.length > 0, rows, sentence }
}
