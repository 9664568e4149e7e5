// A comparison for the terminal: what differs beside the code, then the answer in a sentence, then its figures. Plain text
// unless colours are asked for.

import type { Comparison } from '../../compare/comparison.js'
import { count } from '../../report/views/figures.js'
import { stylesOf } from '../terminal/output-stream.js'
import { tableLines } from '../terminal/terminal-table.js'
import { sanitize, textStyle } from '../wording.js'
import { comparisonSections } from './comparison-tables.js'
import type { ShownRows } from './shown-rows.js'
import { CONTEXT_TITLE, LEGEND, sidesText, verdictSentence } from './wording.js'

export interface ComparisonTextOptions extends ShownRows {
  /** Width in columns. */
  readonly columns: number
  readonly colors: boolean
}

const MORE = 'For method and p values: --format markdown, --format html or --json.'

/** Columns; paths, which are links, are never cut to make room for a name. */
const LONGEST_NAME = 60

export function comparisonToTerminal(comparison: Comparison, options: ComparisonTextOptions): string {
  const { context, notes } = comparison
  const { bold, dim, yellow } = stylesOf(options.colors)
  const style = textStyle({ longestName: LONGEST_NAME, mostItems: 1, toShown: path => path })
  const sections = comparisonSections(comparison, options).flatMap(({ title, columns, rows, total }) => {
    const more = rows.length < total ? `   ${rows.length} of ${count(total, 'row')}` : ''
    return [
      '',
      bold(title) + more,
      ...tableLines(columns, rows, { style, columns: options.columns, dim }).flat(),
    ]
  })
  const lines = [
    '',
    `${bold('Comparison')}  ${sidesText(comparison)}`,
    ...(context.length === 0 ? [] : ['', yellow(CONTEXT_TITLE)]),
    ...context.map(({ sentence }) => `  ${sanitize(sentence)}`),
    '',
    bold(sanitize(verdictSentence(comparison))),
    ...sections,
    '',
    ...[...notes, LEGEND, MORE].map(sentence => dim(sentence)),
  ]
  return `${lines.map(line => (line === '' ? '' : ` ${line.trimEnd()}`)).join('\n')}\n`
}
