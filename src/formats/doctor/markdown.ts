// The doctor's answer in Markdown: a page of its own, and a section of report.md.

import type { DoctorAnswer } from '../../doctor/answer.js'
import { tableOf } from '../markdown/markdown-table.js'
import { asText, codeBlock } from '../markdown/markdown-text.js'
import { doctorTables } from './doctor-tables.js'
import { endSentences, patchesOf, suiteSentence, verdictSentence } from './sentences.js'

export function doctorToMarkdown(answer: DoctorAnswer): string {
  const parts = [
    `## Doctor\n\n${asText(suiteSentence(answer))}`,
    `**${asText(verdictSentence(answer))}**`,
    ...doctorTables(answer).map(
      ({ title, columns, rows }) => `### ${asText(title)}\n\n${tableOf(columns, rows)}`,
    ),
    ...patchesOf(answer).map(
      ({ title, patch }) => `### To paste: ${asText(title)}\n\n${codeBlock('js', patch)}`,
    ),
    endSentences(answer)
      .map(sentence => `- ${asText(sentence)}`)
      .join('\n'),
  ]
  return `${parts.join('\n\n')}\n`
}
