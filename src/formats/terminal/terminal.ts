// The summary at the end of a run: at most 40 lines with default options, plain text unless colours are asked for.

import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import type { Phase } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { busyMachineText } from '../../report/views/busy-machine.js'
import { duration, percent } from '../../report/views/figures.js'
import { betweenFilesText, commandLine, phasesWithTime, scheduleLine, transformLine } from '../sections.js'
import { busyMs, headline, selectionText } from '../wording.js'
import { askedTestLines } from './asked-test-lines.js'
import { stylesOf } from './styles.js'
import type { TerminalOptions } from './terminal-options.js'
import { type TerminalSection, terminalSections } from './terminal-sections.js'
import { textTable } from './text-table.js'

/** With that many rows asked for, or fewer, the whole summary stays within its lines. */
const DEFAULT_ROWS = 10
const MOST_LINES = 40

export function toTerminal(report: Report, options: TerminalOptions): string {
  const colors = stylesOf(options.colors)
  const head = header(report, options)
  const { reportPath, topN, columns } = options
  const end = reportPath === undefined ? [] : ['', `${colors.bold('Report')}  ${reportPath}`]
  const sections = terminalSections(report, options).filter(({ rows }) => rows.length > 0)
  // Not infinite: that there are fewer left tells that a row was given.
  const free = topN > DEFAULT_ROWS ? Number.MAX_SAFE_INTEGER : MOST_LINES - head.length - end.length
  const rowCounts = shareLines(sections, { free, topN })
  const tables = sections.flatMap((section, index) => {
    const { title, note, rows, below, warning } = section
    const shown = rows.slice(0, rowCounts[index])
    if (shown.length === 0) return []
    const style = warning === true ? colors.yellow : colors.bold
    const heading = style(title) + (note === undefined ? '' : `   ${note(shown.length)}`)
    const lines = textTable(shown, columns).flatMap((line, row) => {
      const more = below?.[row]
      return more === undefined || more === ''
        ? [line]
        : [line, colors.dim(cliTruncate(`${BELOW}${more}`, columns - 2))]
    })
    return ['', heading, ...lines]
  })
  const lines = [...head, ...tables, ...end]
  return `${lines.map(line => (line === '' ? '' : ` ${line.trimEnd()}`)).join('\n')}\n`
}

function header(report: Report, options: TerminalOptions): string[] {
  const { columns, colors } = options
  const { bold, dim, yellow } = stylesOf(colors)
  const { scope, time, quality } = headline(report)
  const title = 'Test profile  '
  const indent = ' '.repeat(title.length)
  const cut = (line: string) => cliTruncate(line, columns - title.length - 2)
  const fits = stringWidth(`${title}${scope}   ${time}`) < columns
  const [lead, ...rest] = fits ? [`${scope}   ${time}`] : [cut(scope), indent + cut(time)]
  const selected = selectionText(report)
  const busy = busyMachineText(report.totals)
  const shares = `CPU: ${categoryShares(report)}`
  const between = betweenFilesText(report)
  const details = [commandLine(report), scheduleLine(report), between, transformLine(report), shares]
  return [
    '',
    bold(title) + lead,
    ...rest,
    indent + dim(cut(quality)),
    ...(busy === '' ? [] : [indent + yellow(cut(busy))]),
    ...(selected === '' ? [] : [indent + cut(selected)]),
    ...askedTestLines(report, options),
    '',
    ...wrapped(bold('Where the time went'), phaseTexts(report), columns),
    ...details.filter(line => line !== '').map(line => cliTruncate(`  ${line}`, columns - 2)),
  ]
}

function phaseTexts(report: Report): string[] {
  return phasesWithTime(report)
    .filter(({ times }) => times.wallMs >= report.totals.fileWallMs / 1000)
    .map(({ phase, times }) => `${phase} ${duration(times.wallMs)}${importsText(phase, report.totals)}`)
}

/** What tests import when they run is their own time. */
function importsText(phase: Phase, { importsInTestsMs }: Report['totals']): string {
  return phase === 'tests' && importsInTestsMs >= 10 ? ` (importing ${duration(importsInTestsMs)})` : ''
}

/** Texts one after the other, on as many lines as they need. */
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

// Whose code ran: the shares of CPU time.
function categoryShares(report: Report): string {
  if (report.totals.sampleCount === 0) return 'no samples'
  const busy = busyMs(report)
  return Object.entries(report.categories)
    .filter(([, selfMs]) => selfMs >= busy / 200)
    .toSorted(([, a], [, b]) => b - a)
    .map(([category, selfMs]) => `${category} ${percent(selfMs, busy)}`)
    .join(' · ')
}

const BELOW = ' '.repeat(12)

/** A blank line and a heading. */
const LINES_OF_A_SECTION = 2

/** Rows of each section: those that it has at least, then some for each in turn, by their weight, as long as there are lines. */
function shareLines(
  sections: readonly TerminalSection[],
  { free, topN }: { free: number; topN: number },
): number[] {
  const counts = sections.map(({ rows, every }) => (every === true ? rows.length : 0))
  const most = sections.map(({ rows }) => Math.min(rows.length, topN))
  let left = free
  const take = (index: number, wanted: number) => {
    if (sections[index]?.every === true) return
    const shown = counts[index] ?? 0
    const overhead = shown === 0 ? LINES_OF_A_SECTION : 0
    const height = sections[index]?.below === undefined ? 1 : 2
    const given = Math.min(wanted, (most[index] ?? 0) - shown, Math.floor((left - overhead) / height))
    if (given <= 0) return
    counts[index] = shown + given
    left -= given * height + overhead
  }
  const upTo = (rowsOf: (section: TerminalSection) => number) => {
    sections.forEach((section, index) => {
      take(index, rowsOf(section) - (counts[index] ?? 0))
    })
  }
  // What is wrong is told whatever else there is, then something of everything.
  upTo(({ warning }) => (warning === true ? 1 : 0))
  upTo(() => 1)
  upTo(({ least }) => least)
  for (let before = -1; before !== left && left > 0; ) {
    before = left
    sections.forEach(({ weight }, index) => {
      take(index, weight)
    })
  }
  return counts
}
