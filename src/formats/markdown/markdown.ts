// `report.md`: the summary for a pull request, a CI step, or a coding agent.

import type { Report } from '../../report/report.js'
import { nameText } from '../../report/views/names.js'
import { testBreakdowns } from '../../report/views/test-breakdowns.js'
import { cellText } from '../../tables/cell-text.js'
import { CALLED_CODE, CATEGORY_TIMES, HOT_CODE, HOT_LINES, PACKAGES } from '../../tables/code-tables.js'
import { BUDGETS, FINDINGS, LEVERS, MISSING, UNCHECKED_BUDGETS } from '../../tables/judgement-tables.js'
import { outcome } from '../../tables/names.js'
import type { TableDefinition } from '../../tables/table.js'
import {
  BREAKDOWN_COLUMNS,
  breakdownOf,
  SLOWEST_FILES,
  SLOWEST_TESTS,
  testPlaceCell,
  timeSplit,
} from '../../tables/test-tables.js'
import {
  EXPENSIVE_IMPORTS,
  LEAKS,
  LONG_HOOKS,
  LONG_WAITS,
  PHASES_IN_ORDER,
  TRANSFORMS,
} from '../../tables/time-tables.js'
import {
  cutTexts,
  emptyText,
  machineText,
  qualityText,
  scopeText,
  selectionText,
  timeSentences,
  timeText,
} from '../sentences.js'
import { asText, MARKDOWN, tableOf } from './markdown-table.js'

/** In this order, after budgets and the breakdowns of tests. */
const TABLES: readonly TableDefinition[] = [
  FINDINGS,
  LEVERS,
  PHASES_IN_ORDER,
  CATEGORY_TIMES,
  CALLED_CODE,
  HOT_CODE,
  SLOWEST_TESTS,
  EXPENSIVE_IMPORTS,
  TRANSFORMS,
  LONG_HOOKS,
  LONG_WAITS,
  LEAKS,
  SLOWEST_FILES,
  HOT_LINES,
  PACKAGES,
  MISSING,
]
/** Tables with all of their rows. Others are cut to `topN`. */
const WHOLE: readonly TableDefinition[] = [BUDGETS, UNCHECKED_BUDGETS, PHASES_IN_ORDER, CATEGORY_TIMES]

/** `topN`: rows of each table. */
export function toMarkdown(report: Report, { topN }: { topN: number }): string {
  const { run } = report
  const lead = [scopeText(report), timeText(report), qualityText(report)]
  const machine = `${asText(machineText(report))}, run \`${run.id}\``
  const section = (table: TableDefinition) => sectionOf(table, report, topN)
  const parts = [
    `# Test profile\n\n${[...lead, machine].join('  \n')}`,
    ...report.caveats.map(text => `**Before you trust this:** ${asText(asSentence(text))}`),
    asText(selectionText(report)),
    emptyText(report),
    ...[BUDGETS, UNCHECKED_BUDGETS].map(section),
    ...breakdowns(report),
    ...TABLES.map(section),
    list('Limitations of this run', report.limits),
    list('Cut in report.json', cutTexts(report)),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

function sectionOf(table: TableDefinition, report: Report, topN: number): string {
  const all = table.rows(report)
  const rows = WHOLE.includes(table) ? all : all.slice(0, topN)
  if (rows.length === 0) return ''
  const notes = [
    table.explanation ?? '',
    ...(table === PHASES_IN_ORDER
      ? timeSentences(report)
      : [table === MISSING && rows.length === all.length ? '' : (table.note?.(report, rows) ?? '')]),
  ].filter(note => note !== '')
  const below = notes.map(note => asText(asSentence(note))).join('  \n')
  return [`## ${table.title}`, tableOf(table.columns(report), rows), below]
    .filter(part => part !== '')
    .join('\n\n')
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`
}

/** Answers "why is this test slow?" with a section for each of a few tests. */
function breakdowns(report: Report): string[] {
  return testBreakdowns(report).map(entry => {
    const { file, test } = entry
    const place = cellText(testPlaceCell({ file, test, rows: [test] }), MARKDOWN)
    const notes = [place, ...outcome(test, file.tests)].join(', ')
    return [
      `## Test: ${MARKDOWN.name(nameText(test.name))}`,
      `${notes}  \n${asText(timeSplit(entry))}`,
      tableOf(BREAKDOWN_COLUMNS, breakdownOf(entry, 1)),
    ]
      .filter(part => part !== '')
      .join('\n\n')
  })
}

function list(title: string, sentences: readonly string[]): string {
  if (sentences.length === 0) return ''
  return `## ${title}\n\n${sentences.map(sentence => `- ${asText(sentence)}`).join('\n')}`
}
