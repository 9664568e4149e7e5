// The summary at the end of a run: at most 40 lines with default options, plain text unless colours are asked for.

import stringWidth from 'fast-string-width'
import type { Report } from '../../report/report.js'
import { hasProfile } from '../../report/views/profiled.js'
import { BUDGETS, FINDINGS } from '../../tables/judgement-tables.js'
import { truncate } from '../truncate.js'
import { textStyle } from '../wording.js'
import { pathLink, type Styles, stylesOf } from './output-stream.js'
import { header } from './terminal-header.js'
import { SECTIONS, shareLines, type TerminalSection } from './terminal-sections.js'
import { type TableLines, tableLines } from './terminal-table.js'

export interface TerminalOptions {
  /** The most rows of each table. */
  readonly topN: number
  /** Width in columns. */
  readonly columns: number
  readonly colors: boolean
  readonly links: boolean
  /** A coding agent reads it: `MOST_LINES` is the limit whatever is asked for. */
  readonly isAgent?: boolean
  /** The report to open; undefined if none was written. */
  readonly reportPath: string | undefined
  /** The folder that the shown paths are relative to. */
  readonly cwd: string
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
const TRY_CHANGES = 'try such changes: npx jest-profiler doctor'

export function toTerminal(report: Report, options: TerminalOptions): string {
  const { reportPath, topN, columns, toShown, isAgent = false } = options
  const styles = stylesOf(options.colors)
  const link = options.links ? pathLink(options.cwd) : undefined
  const layout: TableLines = {
    style: textStyle({ longestName: LONGEST_NAME, mostItems: 1, toShown }),
    columns,
    dim: styles.dim,
    link,
  }
  const head = header(report, layout, styles)
  const others = styles.dim(`· ${nextStep(report)}`)
  const shownPath = reportPath === undefined ? '' : (link?.(reportPath, reportPath) ?? reportPath)
  const end = reportPath === undefined ? [] : ['', `${styles.bold('Report')}  ${shownPath} ${others}`]
  const sections = SECTIONS.map(section => {
    const isWhole = section.isWhole === true && !isAgent
    const rows = section.table.rows(report).slice(0, MOST_EXCESSES)
    const measured = isWhole ? rows : rows.slice(0, topN)
    const lines = tableLines(section.table.columns(report), measured, layout)
    return { ...section, isWhole, rows, heights: lines.map(({ length }) => length) }
  })
  // Not Infinity, because a round that takes no lines ends the distribution.
  const isBounded = topN <= DEFAULT_ROWS || isAgent
  const free = isBounded ? MOST_LINES - head.length - end.length : Number.MAX_SAFE_INTEGER
  const counts = shareLines(sections, { free, topN })
  const tables = sections.flatMap((section, index) => {
    const shown = section.rows.slice(0, counts[index])
    if (shown.length === 0) return []
    const lines = tableLines(section.table.columns(report), shown, layout)
    const total = section.table.rows(report).length
    return ['', heading(section, report, { shown, total, styles, columns }), ...lines.flat()]
  })
  const lines = [...head, ...tables, ...end]
  return `${lines.map(line => (line === '' ? '' : ` ${line.trimEnd()}`)).join('\n')}\n`
}

function nextStep(report: Report): string {
  if (report.findings.some(({ trial }) => trial !== undefined)) return TRY_CHANGES
  return hasProfile(report) ? OTHER_FORMATS : RECORD_A_PROFILE
}

function heading(
  { table, isWarning }: TerminalSection,
  report: Report,
  {
    shown,
    total,
    styles,
    columns,
  }: { shown: readonly unknown[]; total: number; styles: Styles; columns: number },
): string {
  const isCut = shown.length < total
  const notes = [
    table.note?.(report, shown) ?? '',
    isCut && table === BUDGETS ? `${shown.length} shown here, all in report.json` : '',
    isCut && table === FINDINGS ? `${total - shown.length} more in the report` : '',
  ]
  const note = notes.filter(text => text !== '').join(' · ')
  const title = (isWarning === true ? styles.yellow : styles.bold)(table.title)
  if (note === '') return title
  return `${title}   ${truncate(note, Math.max(1, columns - stringWidth(table.title) - 5))}`
}
