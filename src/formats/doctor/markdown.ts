// The doctor's answer in Markdown: a section of report.md.

import { markdownTable } from 'markdown-table'
import type { DoctorAnswer } from '../../doctor/answer.js'
import { isFigure } from '../../tables/cell.js'
import { cellText } from '../../tables/cell-text.js'
import { asText, MARKDOWN_CELL } from '../markdown/markdown-text.js'
import { doctorTables } from './doctor-tables.js'
import { costSentence, suiteSentence, verdictSentence } from './sentences.js'

export function doctorToMarkdown(answer: DoctorAnswer): string {
  const patches = [...answer.candidates.filter(({ patch }) => patch !== null)].toSorted(
    (a, b) => (a.patch ?? '').length - (b.patch ?? '').length,
  )
  const parts = [
    `## What was tried\n\n${asText(suiteSentence(answer))}`,
    `**${asText(verdictSentence(answer))}**`,
    ...doctorTables(answer).map(({ title, columns, rows }) => {
      const cells = rows.map(row => columns.map(({ cell }) => cell(row)))
      const align = columns.map((_, index) =>
        cells.some(row => row[index] !== undefined && isFigure(row[index])) ? 'r' : 'l',
      )
      const texts = cells.map(row => row.map(cell => cellText(cell, MARKDOWN_CELL)))
      return `### ${title}\n\n${markdownTable([columns.map(({ heading }) => heading), ...texts], { align, alignDelimiters: false })}`
    }),
    ...patches.map(({ title, patch }) => `### Paste: ${asText(title)}\n\n\`\`\`js\n${patch}\n\`\`\``),
    [
      ...answer.flaky.map(
        ({ file, reason }) => `Left out, because its results change by chance: ${file} (${reason}).`,
      ),
      ...answer.notes,
      costSentence(answer),
    ]
      .map(sentence => `- ${asText(sentence)}`)
      .join('\n'),
  ]
  return `${parts.join('\n\n')}\n`
}
