// `report.md`: for a coding agent, a pull request or a CI step. What to trust and what to change come first, tables last.

import type { Report } from '../../report/report.js'
import { nameText } from '../../report/views/names.js'
import { smallCosts } from '../../report/views/small-costs.js'
import { testBreakdowns } from '../../report/views/test-breakdowns.js'
import { ALLOCATING_MODULES, ALLOCATING_TESTS, LARGE_ALLOCATIONS } from '../../tables/allocation-tables.js'
import { cellText } from '../../tables/cell-text.js'
import { CALLED_CODE, CATEGORY_TIMES, HOT_CODE, HOT_LINES, PACKAGES } from '../../tables/code-tables.js'
import { OPEN_HANDLES } from '../../tables/handle-tables.js'
import { BUDGETS, MISSING, UNCHECKED_BUDGETS } from '../../tables/judgement-tables.js'
import { HEAP, KEPT_SANDBOXES } from '../../tables/memory-tables.js'
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
import { cutTexts } from '../sentences.js'
import { changeSections } from './finding-sections.js'
import { headline, trust } from './headline.js'
import { tableOf } from './markdown-table.js'
import { asSentence, asText, folded, MARKDOWN, withCode } from './markdown-text.js'

/** For everyone, in this order, after what to change and the breakdowns of tests. */
const FIRST: readonly TableDefinition[] = [KEPT_SANDBOXES, CALLED_CODE, SLOWEST_FILES]
/** For whoever looks for more. */
const MORE: readonly TableDefinition[] = [
  PHASES_IN_ORDER,
  CATEGORY_TIMES,
  HOT_CODE,
  SLOWEST_TESTS,
  EXPENSIVE_IMPORTS,
  TRANSFORMS,
  LONG_HOOKS,
  LONG_WAITS,
  LEAKS,
  OPEN_HANDLES,
  ALLOCATING_TESTS,
  LARGE_ALLOCATIONS,
  ALLOCATING_MODULES,
  HEAP,
  SLOWEST_FILES,
  HOT_LINES,
  PACKAGES,
]
/** Tables with all of their rows. Others are cut to `topN`. */
const WHOLE: readonly TableDefinition[] = [BUDGETS, UNCHECKED_BUDGETS, PHASES_IN_ORDER, CATEGORY_TIMES]

/** `topN`: the most findings, and rows of each table. */
export function toMarkdown(report: Report, { topN }: { topN: number }): string {
  const section = (table: TableDefinition) => {
    const content = tableText(table, report, topN)
    return content === '' ? '' : `## ${table.title}\n\n${content}`
  }
  const more = MORE.map(table => folded(table.title, tableText(table, report, topN))).filter(isFilled)
  const parts = [
    `# Test profile: ${asText(report.run.suite)}`,
    headline(report),
    trust(report),
    ...[BUDGETS, UNCHECKED_BUDGETS].map(section),
    ...changeSections(report, topN),
    ...breakdowns(report),
    ...FIRST.map(section),
    list('What not to bother with', smallCosts(report)),
    section(MISSING),
    list('Limitations of this run', report.limits),
    ...(more.length === 0 ? [] : ['## All tables', ...more]),
    list('Cut in report.json', cutTexts(report)),
  ]
  return `${parts.filter(isFilled).join('\n\n')}\n`
}

function isFilled(text: string): boolean {
  return text !== ''
}

/** The table and how to read it; `''` without rows. */
function tableText(table: TableDefinition, report: Report, topN: number): string {
  const all = table.rows(report)
  const rows = WHOLE.includes(table) ? all : all.slice(0, topN)
  if (rows.length === 0) return ''
  const isWholeList = table === MISSING && rows.length === all.length
  const notes = [table.explanation ?? '', isWholeList ? '' : (table.note?.(report, rows) ?? '')]
  const below = notes
    .filter(isFilled)
    .map(note => asText(asSentence(note)))
    .join(' ')
  return [tableOf(table.columns(report), rows), below].filter(isFilled).join('\n\n')
}

/** Answers "why is this test slow?" with a section for each of a few tests. */
function breakdowns(report: Report): string[] {
  return testBreakdowns(report).map(entry => {
    const { file, test } = entry
    const place = cellText(testPlaceCell({ file, test, rows: [test] }), MARKDOWN)
    const notes = [place, ...outcome(test, file.tests)].join(', ')
    return [
      `## Test: ${MARKDOWN.name(nameText(test.name))}`,
      `${notes}: ${asText(timeSplit(entry))}`,
      tableOf(BREAKDOWN_COLUMNS, breakdownOf(entry, 1)),
    ]
      .filter(part => part !== '')
      .join('\n\n')
  })
}

function list(title: string, sentences: readonly string[]): string {
  if (sentences.length === 0) return ''
  return `## ${title}\n\n${sentences.map(sentence => `- ${withCode(sentence)}`).join('\n')}`
}
