// The summary at the end of a run: at most 40 lines with default options, plain text unless colours are asked for.

import CliTable from 'cli-table3'
import cliTruncate from 'cli-truncate'
import { createColors } from 'picocolors'
import stringWidth from 'string-width'
import { type HotCode, hotCode } from '../report/hot-code.js'
import type { FileReport, Report, TestReport } from '../report/report.js'
import {
  busyMs,
  costliest,
  count,
  cpuTime,
  duration,
  headline,
  outcome,
  percent,
  plain,
  position,
  testCount,
  testName,
} from './wording.js'

export interface TerminalOptions {
  /** Rows of each table. */
  readonly topN: number
  /** Width in columns. */
  readonly columns: number
  readonly colors: boolean
  /** Path of what a person should open, or undefined when nothing was written. */
  readonly reportPath: string | undefined
  /** Turns the report's paths into those that a person at that terminal can open. */
  readonly toShown: (path: string) => string
}

/** Files shown below the tests, and entries of what is missing. */
const FILES = 3
const MISSING = 2
/** Columns; paths, which are links, are never cut for the sake of a name. */
const LONGEST_NAME = 60

export function toTerminal(report: Report, options: TerminalOptions): string {
  const colors = createColors(options.colors)
  const sections = [
    header(report, options),
    hotCodeSection(report, options, colors.bold),
    testSection(report, options, colors.bold),
    fileSection(report, options, colors.bold),
    missingSection(report, colors.yellow),
    options.reportPath === undefined ? [] : [`${colors.bold('Report')}  ${options.reportPath}`],
  ]
  const lines = sections.filter(section => section.length > 0).flatMap(section => ['', ...section])
  return `${lines.map(line => (line === '' ? '' : ` ${line.trimEnd()}`)).join('\n')}\n`
}

type Style = (text: string) => string

function header(report: Report, { columns, colors }: TerminalOptions): string[] {
  const { bold, dim } = createColors(colors)
  const { scope, time, quality } = headline(report)
  const title = 'Test profile  '
  const indent = ' '.repeat(title.length)
  const cut = (line: string) => cliTruncate(line, columns - title.length - 2)
  const fits = stringWidth(`${title}${scope}   ${time}`) < columns
  const first = fits ? [`${scope}   ${time}`] : [cut(scope), indent + cut(time)]
  const [lead, ...rest] = first
  return [
    bold(title) + lead,
    ...rest,
    indent + dim(cut(quality)),
    indent + cut(`CPU: ${categoryShares(report)}`),
  ]
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

function hotCodeSection(report: Report, { topN, columns, toShown }: TerminalOptions, bold: Style): string[] {
  const all = hotCode(report)
  const rows = all.slice(0, topN)
  if (rows.length === 0) return []
  const shown = rows.reduce((sum, { selfMs }) => sum + selfMs, 0)
  const busy = busyMs(report)
  const cells = rows.map(row => [
    duration(row.selfMs),
    percent(row.selfMs, busy),
    ...describeHotCode(row, toShown),
  ])
  return [`${bold('Hot functions')} (self)   ${percent(shown, busy)} of CPU`, ...table(cells, columns)]
}

function describeHotCode(
  row: HotCode,
  toShown: TerminalOptions['toShown'],
): [name: string, where: string, costs: string] {
  if (row.kind === 'package')
    return [plain(row.package.package), count(row.package.functions, 'function'), '']
  const { hotspot } = row
  const costs = costliest(hotspot)
  return [
    cliTruncate(plain(hotspot.function), LONGEST_NAME),
    position({ ...hotspot, file: toShown(hotspot.file) }) + (hotspot.generated ? ' (generated)' : ''),
    costs,
  ]
}

function testSection(report: Report, { topN, columns, toShown }: TerminalOptions, bold: Style): string[] {
  const tests = report.files.flatMap(file => file.tests.map(test => ({ file, test })))
  const rows = tests
    .filter(({ test }) => test.wallMs > 0)
    .toSorted((a, b) => b.test.wallMs - a.test.wallMs)
    .slice(0, topN)
  if (rows.length === 0) return []
  const cells = rows.map(({ file, test }) => [
    ...wallAndCpu(test),
    testLabel(test, file),
    fileLabel(file, toShown),
  ])
  return [`${bold('Slowest tests')} (wall, CPU)`, ...table(cells, columns)]
}

function fileLabel({ path, project }: FileReport, toShown: TerminalOptions['toShown']): string {
  return plain(project === '' ? toShown(path) : `${toShown(path)} (${project})`)
}

function testLabel(test: TestReport, { tests }: FileReport): string {
  const notes = outcome(test, tests)
  return cliTruncate(testName(test.name), LONGEST_NAME) + (notes.length === 0 ? '' : ` (${notes.join(', ')})`)
}

function wallAndCpu(row: FileReport | TestReport): [string, string] {
  return [duration(row.wallMs), `CPU ${cpuTime(row)}`]
}

function fileSection(report: Report, { topN, columns, toShown }: TerminalOptions, bold: Style): string[] {
  const { files } = report
  if (files.length < 2) return []
  const cells = files
    .slice(0, Math.min(FILES, topN))
    .map(file => [...wallAndCpu(file), fileLabel(file, toShown), count(testCount(file), 'test')])
  return [`${bold('Slowest files')} (wall, CPU)`, ...table(cells, columns)]
}

function missingSection({ missing }: Report, warn: Style): string[] {
  if (missing.length === 0) return []
  const rows = missing
    .slice(0, MISSING)
    .map(({ file, reason, remedy }) => plain(`  ${file}: ${reason}. ${remedy}`))
  const more = missing.length > MISSING ? `, of which ${MISSING} here` : ''
  return [`${warn('Not fully profiled')}  ${count(missing.length, 'file')}${more}`, ...rows]
}

// Times to the right, all else to the left; the last column gives way where the terminal is narrow.
function table(rows: string[][], columns: number): string[] {
  const rendered = new CliTable({
    chars: Object.fromEntries(BORDERS.map(name => [name, ''])),
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [], compact: true },
    colAligns: ['right', 'right'],
  })
  rendered.push(...rows)
  return rendered
    .toString()
    .split('\n')
    .map(line => cliTruncate(`  ${line.trimEnd()}`, Math.max(40, columns - 2)))
}

const BORDERS = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
]
