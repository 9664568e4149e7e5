// Markdown's table of what is over its limit: all of it, for it may have failed the run.

import type { Report } from '../../report/report.js'
import { budgetNotes, budgetRows, budgetSummary, budgetTitle } from '../budget-rows.js'
import { asText, code, section } from './markdown-text.js'

export function budgets(report: Report): string {
  const rows = budgetRows(report, path => path).map(row => [
    row.figure,
    row.over,
    row.limit,
    asText(row.what),
    code(row.where),
    asText(row.cause),
  ])
  const head = ['figure', 'limit', 'what', 'of', 'where', 'mostly']
  const table = section(budgetTitle(report), { head, rightAligned: 1 }, rows)
  const notes = budgetNotes(report).map(note => `- ${asText(note)}`)
  const unchecked = notes.length === 0 ? '' : `## Budgets that could not be checked\n\n${notes.join('\n')}`
  const summary = table === '' ? '' : `${budgetSummary(report)}.`
  return [table, summary, unchecked].filter(part => part !== '').join('\n\n')
}
