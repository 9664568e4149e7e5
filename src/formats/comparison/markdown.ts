// A comparison for a pull request or the summary of a CI step: the answer first, tables folded.

import type { Comparison } from '../../compare/comparison.js'
import { count } from '../../report/views/figures.js'
import { asText, tableOf, withCode } from '../markdown/markdown-table.js'
import { CHANGE_COLUMNS, ONE_SIDED_COLUMNS, UNMATCHED_COLUMNS } from './comparison-tables.js'
import { isShown, oneSidedRows, type ShownRows, shownTables } from './shown-rows.js'
import { CONTEXT_TITLE, LEGEND, sidesText, TITLES, verdictSentence } from './wording.js'

export function comparisonToMarkdown(comparison: Comparison, options: ShownRows): string {
  const { topN } = options
  const { context, notes, method, unmatched } = comparison
  const oneSided = oneSidedRows(comparison)
  const parts = [
    `# Test profile, compared\n\n${sidesText(comparison)}`,
    list(
      CONTEXT_TITLE,
      context.map(({ sentence }) => sentence),
    ),
    `**${asText(verdictSentence(comparison))}**`,
    ...shownTables(comparison, options).map(({ table, rows }) =>
      folded(`${TITLES[table]}: ${rows.length}`, tableOf(CHANGE_COLUMNS, rows)),
    ),
    // A table that was asked for has these rows itself.
    options.tables === undefined
      ? folded(
          `Only on one side: ${count(oneSided.length, 'row')}`,
          tableOf(ONE_SIDED_COLUMNS, oneSided.slice(0, topN)),
        )
      : '',
    isShown('functions', options)
      ? folded(
          `Functions that cannot be matched: ${unmatched.length}`,
          tableOf(UNMATCHED_COLUMNS, unmatched.slice(0, topN)),
        )
      : '',
    list('How to read it', [...notes, LEGEND]),
    folded('Method', bullets(method.sentences)),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

/** Content under a heading that opens it; GitHub wants a blank line before it. */
function folded(title: string, content: string): string {
  return content === '' ? '' : `<details>\n<summary>${asText(title)}</summary>\n\n${content}\n\n</details>`
}

function list(title: string, sentences: readonly string[]): string {
  return sentences.length === 0 ? '' : `## ${title}\n\n${bullets(sentences)}`
}

function bullets(sentences: readonly string[]): string {
  return sentences.map(sentence => `- ${withCode(sentence)}`).join('\n')
}
