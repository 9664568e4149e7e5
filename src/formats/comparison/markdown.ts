// A comparison for a pull request or the summary of a CI step: the answer first, tables folded.

import type { Comparison, ComparisonRow } from '../../compare/comparison.js'
import { count, duration } from '../../report/views/figures.js'
import { asText, code, section, withCode } from '../markdown/markdown-text.js'
import { position } from '../wording.js'
import { formerly, nameOf, placeOf, sidesText, verdictSentence } from './comparison-wording.js'
import {
  changeText,
  evidence,
  intervalText,
  LEGEND,
  measureText,
  mediansText,
  relativeText,
  statistics,
  TITLES,
} from './row-wording.js'
import { type FoldedRow, isShown, oneSidedRows, type ShownRows, shownTables } from './shown-rows.js'

export function comparisonToMarkdown(comparison: Comparison, options: ShownRows): string {
  const { topN } = options
  const { context, notes, method } = comparison
  const parts = [
    `# Test profile, compared\n\n${sidesText(comparison)}`,
    list(
      'Not the same on both sides',
      context.map(({ sentence }) => sentence),
    ),
    `**${asText(verdictSentence(comparison))}**`,
    ...shownTables(comparison, options).map(({ table, rows }) =>
      folded(`${TITLES[table]}: ${rows.length}`, { head: HEAD, rightAligned: 2 }, rows.map(rowCells)),
    ),
    // A table that was asked for has these rows itself.
    options.tables === undefined ? oneSided(comparison, topN) : '',
    isShown('functions', options) ? unmatched(comparison, topN) : '',
    list('How to read it', [...notes, LEGEND]),
    judged(method.sentences),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

const HEAD = [
  'change',
  '',
  'base → head',
  'how sure',
  'measure',
  'what',
  'where',
  '95 % interval',
  'statistics',
]

function rowCells(row: FoldedRow<ComparisonRow>): string[] {
  const isPath = row.entity.name.length === 0
  const was = formerly(row)
  return [
    asText(changeText(row)),
    relativeText(row),
    mediansText(row),
    evidence(row),
    measureText(row),
    isPath ? code(nameOf(row)) : asText(nameOf(row)),
    (isPath ? asText(placeOf(row.entity)) : code(placeOf(row.entity))) +
      (was === '' ? '' : ` ${asText(was)}`),
    intervalText(row),
    statistics(row).replace('<', '&lt;'),
  ]
}

function oneSided(comparison: Comparison, topN: number): string {
  const rows = oneSidedRows(comparison)
  const cells = rows
    .slice(0, topN)
    .map(row => [
      duration((row.head ?? row.base)?.medianMs ?? 0),
      row.verdict,
      TITLES[row.table].toLowerCase(),
      asText(nameOf(row)),
      code(placeOf(row.entity)),
    ])
  const title = `Only on one side: ${count(rows.length, 'row')}`
  return folded(title, { head: ['time', 'side', 'of', 'what', 'where'], rightAligned: 1 }, cells)
}

function unmatched({ unmatched: functions }: Comparison, topN: number): string {
  const cells = functions
    .slice(0, topN)
    .map(({ side, entity, medianMs }) => [
      duration(medianMs),
      side,
      asText(nameOf({ table: 'functions', entity })),
      code(position(entity)),
    ])
  const title = `Functions that cannot be matched: ${functions.length}`
  return folded(title, { head: ['self', 'side', 'function', 'where'], rightAligned: 1 }, cells)
}

/** A table under a heading that opens it; GitHub wants a blank line before the table. */
function folded(title: string, columns: { head: string[]; rightAligned: number }, rows: string[][]): string {
  const table = section(title, columns, rows).split('\n').slice(2).join('\n')
  if (rows.length === 0) return ''
  return `<details>\n<summary>${asText(title)}</summary>\n\n${table}\n\n</details>`
}

function judged(sentences: readonly string[]): string {
  const lines = sentences.map(sentence => `- ${withCode(sentence)}`).join('\n')
  return `<details>\n<summary>How it was judged</summary>\n\n${lines}\n\n</details>`
}

function list(title: string, sentences: readonly string[]): string {
  if (sentences.length === 0) return ''
  return `## ${title}\n\n${sentences.map(sentence => `- ${withCode(sentence)}`).join('\n')}`
}
