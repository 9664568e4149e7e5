// A comparison for the terminal: what differs beside the code, then the answer in a sentence, then its figures. Plain text
// unless colours are asked for.

import cliTruncate from 'cli-truncate'
import type { Comparison, ComparisonRow } from '../../compare/comparison.js'
import { count, duration } from '../../report/views/figures.js'
import { stylesOf } from '../terminal/styles.js'
import { textTable } from '../terminal/text-table.js'
import { plain, position } from '../wording.js'
import { formerly, nameOf, placeOf, sidesText, verdictSentence } from './comparison-wording.js'
import {
  changeText,
  evidence,
  intervalText,
  LEGEND,
  measureText,
  mediansText,
  relativeText,
  TITLES,
} from './row-wording.js'
import { type FoldedRow, isShown, oneSidedRows, type ShownRows, shownTables } from './shown-rows.js'

export interface ComparisonTextOptions extends ShownRows {
  /** Width in columns. */
  readonly columns: number
  readonly colors: boolean
}

const FOLDED = 'How that was judged, with intervals and p: --format markdown, html, or --json.'

/** Columns; paths, which are links, are never cut for the sake of a name. */
const LONGEST_NAME = 60

export function comparisonToTerminal(comparison: Comparison, options: ComparisonTextOptions): string {
  const { bold, dim } = stylesOf(options.colors)
  const { context, notes } = comparison
  const lines = [
    '',
    `${bold('Comparison')}  ${sidesText(comparison)}`,
    ...contextLines(context, options),
    '',
    bold(verdictSentence(comparison)),
    ...shownTables(comparison, options).flatMap(({ table, rows }) => [
      '',
      bold(TITLES[table]),
      ...textTable(rows.map(rowCells), options.columns),
    ]),
    // A table that was asked for has these rows itself.
    ...(options.tables === undefined ? oneSidedLines(comparison, options) : []),
    ...(isShown('functions', options) ? unmatchedLines(comparison, options) : []),
    '',
    ...notes.map(sentence => dim(sentence)),
    dim(LEGEND),
    dim(FOLDED),
  ]
  return `${lines.map(line => (line === '' ? '' : ` ${line.trimEnd()}`)).join('\n')}\n`
}

function contextLines(context: Comparison['context'], { colors }: ComparisonTextOptions): string[] {
  if (context.length === 0) return []
  const { yellow } = stylesOf(colors)
  return ['', yellow('Not the same on both sides'), ...context.map(({ sentence }) => `  ${plain(sentence)}`)]
}

// Where there is no room, the last columns go first.
function rowCells(row: FoldedRow<ComparisonRow>): string[] {
  return [
    changeText(row),
    relativeText(row),
    evidence(row),
    measureText(row),
    mediansText(row),
    cliTruncate(nameOf(row), LONGEST_NAME),
    placeOf(row.entity),
    intervalText(row),
    formerly(row),
  ]
}

function oneSidedLines(comparison: Comparison, { topN, columns, colors }: ComparisonTextOptions): string[] {
  const rows = oneSidedRows(comparison)
  const cells = rows
    .slice(0, topN)
    .map(row => [
      duration((row.head ?? row.base)?.medianMs ?? 0),
      row.verdict,
      TITLES[row.table].toLowerCase(),
      cliTruncate(nameOf(row), LONGEST_NAME),
      placeOf(row.entity),
    ])
  return titled('Only on one side', { cells, total: rows.length }, { columns, colors })
}

function unmatchedLines(
  { unmatched }: Comparison,
  { topN, columns, colors }: ComparisonTextOptions,
): string[] {
  const cells = unmatched
    .slice(0, topN)
    .map(({ side, entity, medianMs }) => [
      duration(medianMs),
      `in ${side}`,
      cliTruncate(nameOf({ table: 'functions', entity }), LONGEST_NAME),
      position(entity),
    ])
  return titled('Functions that cannot be matched', { cells, total: unmatched.length }, { columns, colors })
}

function titled(
  title: string,
  { cells, total }: { cells: string[][]; total: number },
  { columns, colors }: Pick<ComparisonTextOptions, 'columns' | 'colors'>,
): string[] {
  if (cells.length === 0) return []
  const { bold } = stylesOf(colors)
  const more = cells.length < total ? `   ${cells.length} of ${count(total, 'row')}` : ''
  return ['', bold(title) + more, ...textTable(cells, columns)]
}
