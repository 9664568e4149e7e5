// A comparison for a pull request or the summary of a CI step: the answer first, tables folded.

import type { Comparison } from '../../compare/comparison.js'
import { tableOf } from '../markdown/markdown-table.js'
import { asText, folded, withCode } from '../markdown/markdown-text.js'
import { comparisonSections } from './comparison-tables.js'
import type { ShownRows } from './shown-rows.js'
import { CONTEXT_TITLE, LEGEND, sidesText, verdictSentence } from './wording.js'

export function comparisonToMarkdown(comparison: Comparison, options: ShownRows): string {
  const { context, notes, method } = comparison
  const parts = [
    `# Test profile comparison\n\n${sidesText(comparison)}`,
    list(
      CONTEXT_TITLE,
      context.map(({ sentence }) => sentence),
    ),
    `**${asText(verdictSentence(comparison))}**`,
    ...comparisonSections(comparison, options).map(({ title, columns, rows, counted }) =>
      folded(`${title}: ${counted}`, tableOf(columns, rows)),
    ),
    list('How to read it', [...notes, LEGEND]),
    folded('Method', bullets(method.sentences)),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

function list(title: string, sentences: readonly string[]): string {
  return sentences.length === 0 ? '' : `## ${title}\n\n${bullets(sentences)}`
}

function bullets(sentences: readonly string[]): string {
  return sentences.map(sentence => `- ${withCode(sentence)}`).join('\n')
}
