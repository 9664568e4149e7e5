// The summary at the end of a run: at most 40 lines with default options, plain text unless colours are asked for.

import stringWidth from 'fast-string-width'
import type { Report } from '../../report/report.js'
import { hasProfile } from '../../report/views/profiled.js'
import { testBreakdowns } from '../../report/views/test-breakdowns.js'
import { cellText } from '../../tables/cell-text.js'
import { BUDGETS } from '../../tables/judgement-tables.js'
import {
  BREAKDOWN_COLUMNS,
  breakdownOf,
  labelNote,
  testCell,
  testPlaceCell,
  timeSplit,
} from '../../tables/test-tables.js'
import {
  categoriesText,
  emptyText,
  phaseTexts,
  qualityText,
  scopeText,
  selectionText,
  timeSentences,
  timeText,
  transformText,
} from '../sentences.js'
import { truncate } from '../truncate.js'
import { sanitize, textStyle } from '../wording.js'
import { type Styles, stylesOf } from './output-stream.js'
import { SECTIONS, shareLines, type TerminalSection } from './terminal-sections.js'
import { type TableLines, tableLines } from './terminal-table.js'

export interface TerminalOptions {
  /** The most rows of each table. */
  readonly topN: number
  /** Width in columns. */
  readonly columns: number
  readonly colors: boolean
  /** The report to open; undefined if none was written. */
  readonly reportPath: string | undefined
  /** Converts the report's paths into paths that can be opened from the terminal. */
  readonly toShown: (path: string) => string
}

/** Up to this many rows per table, the summary stays within `MOST_LINES`. */
const DEFAULT_ROWS = 10
const MOST_LINES = 40
/** Columns; paths, which are links, are never cut to make room for a name. */
const LONGEST_NAME = 60
/** Exceeded limits that are shown; report.md has them all. */
const MOST_EXCESSES = 100

const OTHER_FORMATS = 'other formats: npx jest-profiler export --help'
const RECORD_A_PROFILE = 'to record a profile: --engine inspector'

export function toTerminal(report: Report, options: TerminalOptions): string {
  const { reportPath, topN, columns, toShown } = options
  const styles = stylesOf(options.colors)
  const layout: TableLines = {
    style: textStyle({ longestName: LONGEST_NAME, mostItems: 1, toShown }),
    columns,
    dim: styles.dim,
  }
  const head = header(report, layout, styles)
  const others = styles.dim(`· ${hasProfile(report) ? OTHER_FORMATS : RECORD_A_PROFILE}`)
  const end = reportPath === undefined ? [] : ['', `${styles.bold('Report')}  ${reportPath} ${others}`]
  const sections = SECTIONS.map(section => {
    const rows = section.table.rows(report)
    return { ...section, rows, available: Math.min(rows.length, MOST_EXCESSES) }
  })
  // Not Infinity, because a round that takes no lines ends the distribution.
  const free = topN > DEFAULT_ROWS ? Number.MAX_SAFE_INTEGER : MOST_LINES - head.length - end.length
  const counts = shareLines(sections, { free, topN })
  const tables = sections.flatMap((section, index) => {
    const shown = section.rows.slice(0, counts[index])
    if (shown.length === 0) return []
    const lines = tableLines(section.table.columns(report), shown, layout)
    return ['', heading(section, report, { shown, total: section.rows.length, styles }), ...lines]
  })
  const lines = [...head, ...tables, ...end]
  return `${lines.map(line => (line === '' ? '' : ` ${line.trimEnd()}`)).join('\n')}\n`
}

function heading(
  { table, isWarning }: TerminalSection,
  report: Report,
  { shown, total, styles }: { shown: readonly unknown[]; total: number; styles: Styles },
): string {
  const note = table.note?.(report, shown) ?? ''
  const isCut = table === BUDGETS && shown.length < total
  const more = isCut ? ` · ${shown.length} shown here, all in report.json` : ''
  const title = (isWarning === true ? styles.yellow : styles.bold)(table.title)
  return note + more === '' ? title : `${title}   ${note}${more}`
}

function header(report: Report, layout: TableLines, { bold, dim, yellow }: Styles): string[] {
  const { columns } = layout
  const title = 'Test profile  '
  const indent = ' '.repeat(title.length)
  const cut = (line: string) => truncate(sanitize(line), columns - title.length - 2)
  const [scope, time] = [scopeText(report), timeText(report)]
  const fits = stringWidth(`${title}${scope}   ${time}`) < columns
  const [lead, ...rest] = fits ? [`${scope}   ${time}`] : [cut(scope), indent + cut(time)]
  const selected = selectionText(report)
  const details = [...timeSentences(report), transformText(report), categoriesText(report)]
  return [
    '',
    bold(title) + lead,
    ...rest,
    indent + dim(cut(qualityText(report))),
    ...report.caveats.map(text => indent + yellow(cut(text))),
    ...(selected === '' ? [] : [indent + cut(selected)]),
    ...breakdownLines(report, layout, bold),
    '',
    ...wrapped(bold(emptyText(report) || 'Where the time went'), phaseTexts(report), columns),
    ...details.filter(line => line !== '').map(line => truncate(`  ${sanitize(line)}`, columns - 2)),
  ]
}

/** Answers "why is this test slow?" for each of a few tests. */
function breakdownLines(report: Report, layout: TableLines, bold: Styles['bold']): string[] {
  const asked = testBreakdowns(report)
  return asked.flatMap(entry => {
    const row = { ...entry, rows: [entry.test] }
    const [label, place] = [testCell(row, labelNote(row)), testPlaceCell(row)].map(cell =>
      cellText(cell, layout.style),
    )
    return [
      '',
      `${bold(label ?? '')}   ${place}`,
      truncate(`  ${timeSplit(entry)}`, layout.columns - 2),
      ...tableLines(BREAKDOWN_COLUMNS, breakdownOf(entry, asked.length), layout),
    ]
  })
}

/** The title and texts on as many lines as they need. */
function wrapped(title: string, texts: readonly string[], columns: number): string[] {
  const lines = [title]
  for (const text of texts) {
    const line = lines.at(-1) ?? ''
    const longer = lines.length === 1 && line === title ? `${line}   ${text}` : `${line} · ${text}`
    if (stringWidth(longer) <= columns - 2) lines[lines.length - 1] = longer
    else lines.push(`  ${text}`)
  }
  return lines
}
