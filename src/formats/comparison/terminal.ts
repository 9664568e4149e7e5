// A comparison for the terminal: what differs beside the code, then the answer in a sentence, then its figures. Plain text
// unless colours are asked for.

import type { Comparison } from '../../compare/comparison.js'
import { count } from '../../report/views/figures.js'
import type { TableColumn } from '../../tables/table.js'
import { type Styles, stylesOf } from '../terminal/styles.js'
import { tableLines } from '../terminal/terminal-table.js'
import { plain, textStyle } from '../wording.js'
import { CHANGE_COLUMNS, ONE_SIDED_COLUMNS, UNMATCHED_COLUMNS } from './comparison-tables.js'
import { isShown, oneSidedRows, type ShownRows, shownTables } from './shown-rows.js'
import { CONTEXT_TITLE, LEGEND, sidesText, TITLES, verdictSentence } from './wording.js'

export interface ComparisonTextOptions extends ShownRows {
  /** Width in columns. */
  readonly columns: number
  readonly colors: boolean
}

const MORE = 'Method, intervals and p values: --format markdown, html, or --json.'

/** Columns; paths, which are links, are never cut to make room for a name. */
const LONGEST_NAME = 60

export function comparisonToTerminal(comparison: Comparison, options: ComparisonTextOptions): string {
  const { topN, tables, columns } = options
  const { context, notes, unmatched } = comparison
  const styles = stylesOf(options.colors)
  const { bold, dim, yellow } = styles
  const layout = { columns, styles }
  const oneSided = oneSidedRows(comparison)
  const section = <Row>(
    title: string,
    of: readonly TableColumn<Row>[],
    rows: readonly Row[],
    total = rows.length,
  ) => sectionLines({ title, columns: of, rows, total }, layout)
  const lines = [
    '',
    `${bold('Comparison')}  ${sidesText(comparison)}`,
    ...(context.length === 0 ? [] : ['', yellow(CONTEXT_TITLE)]),
    ...context.map(({ sentence }) => `  ${plain(sentence)}`),
    '',
    bold(plain(verdictSentence(comparison))),
    ...shownTables(comparison, options).flatMap(({ table, rows }) =>
      section(TITLES[table], CHANGE_COLUMNS, rows),
    ),
    // A table that was asked for has these rows itself.
    ...(tables === undefined
      ? section('Only on one side', ONE_SIDED_COLUMNS, oneSided.slice(0, topN), oneSided.length)
      : []),
    ...(isShown('functions', options)
      ? section(
          'Functions that cannot be matched',
          UNMATCHED_COLUMNS,
          unmatched.slice(0, topN),
          unmatched.length,
        )
      : []),
    '',
    ...notes.map(sentence => dim(sentence)),
    dim(LEGEND),
    dim(MORE),
  ]
  return `${lines.map(line => (line === '' ? '' : ` ${line.trimEnd()}`)).join('\n')}\n`
}

interface Section<Row> {
  readonly title: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly total: number
}

function sectionLines<Row>(
  { title, columns, rows, total }: Section<Row>,
  { columns: width, styles }: { readonly columns: number; readonly styles: Styles },
): string[] {
  if (rows.length === 0) return []
  const style = textStyle({ longestName: LONGEST_NAME, mostItems: 1, toShown: path => path })
  const more = rows.length < total ? `   ${rows.length} of ${count(total, 'row')}` : ''
  return [
    '',
    styles.bold(title) + more,
    ...tableLines(columns, rows, { style, columns: width, dim: styles.dim }),
  ]
}
