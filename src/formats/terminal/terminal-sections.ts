// The terminal's tables: what each shows, and how many of its rows a person has to see.

import cliTruncate from 'cli-truncate'
import type { ImportReport } from '../../report/account-reports.js'
import type { FileReport, TestReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { type HotCode, hotCode } from '../../report/views/hot-code.js'
import { costlyImports, importName } from '../../report/views/imports.js'
import { groupFilesText, groupMissing } from '../../report/views/missing-groups.js'
import { budgetNotes, budgetRows, budgetSummary, budgetTitle } from '../budget-rows.js'
import {
  hookName,
  longestHooks,
  longestWaits,
  mostly,
  ownPartOfTests,
  slowestTests,
  startedBy,
  waitedFor,
} from '../sections.js'
import { busyMs, costliest, outcome, pathName, plain, position, testName, testPlace } from '../wording.js'
import { LONGEST_NAME, type TerminalOptions } from './terminal-options.js'

export interface TerminalSection {
  readonly title: string
  /** Behind the title, given how many rows are shown. */
  readonly note?: (shown: number) => string
  readonly rows: readonly (readonly string[])[]
  /** A line below each row. */
  readonly below?: readonly string[]
  /** Rows that come before any section gets more. */
  readonly least: number
  /** Rows that it gets in each turn after that. */
  readonly weight: number
  readonly warning?: true
  /** It shows every row, and takes no line from the others: what fails a run is not to be cut. */
  readonly every?: true
}

export function terminalSections(report: Report, { toShown, topN }: TerminalOptions): TerminalSection[] {
  return [
    budgetSection(report, toShown),
    uncheckedSection(report),
    findingSection(report, toShown),
    hotCodeSection(report, toShown),
    testSection(report, { toShown, topN }),
    importSection(report, toShown),
    hookSection(report, toShown),
    waitSection(report, toShown),
    leakSection(report, toShown),
    missingSection(report),
  ]
}

type ToShown = TerminalOptions['toShown']

/** Excesses that a terminal shows; report.md has them all. */
const MOST_EXCESSES = 100

function budgetSection(report: Report, toShown: ToShown): TerminalSection {
  const all = budgetRows(report, toShown)
  const shown = all.slice(0, MOST_EXCESSES)
  const more = all.length > shown.length ? ` · the first ${shown.length} are here, all in report.json` : ''
  const rows = shown.map(({ figure, over, limit, what, where }) => [figure, over, limit, what, where])
  const below = shown.map(({ cause }) => (cause === '' ? '' : `→ ${cause}`))
  const note = () => budgetSummary(report) + more
  return { title: budgetTitle(report), note, rows, below, ...WHOLE }
}

function uncheckedSection(report: Report): TerminalSection {
  const rows = budgetNotes(report).map(note => ['', '', note])
  return { title: 'Budgets that could not be checked', rows, ...WHOLE }
}

const WHOLE = { least: 0, weight: 0, warning: true, every: true } as const

function findingSection({ findings }: Report, toShown: ToShown): TerminalSection {
  const rows = findings.map(({ costMs, title, position: place }) => {
    const isNamed = place === null || title.includes(`${place.file}:`)
    const where = isNamed ? '' : `  ${position({ ...place, file: toShown(place.file) })}`
    return [duration(costMs), '', plain(title) + where]
  })
  const below = findings.map(({ remedy }) => `→ ${plain(remedy)}`)
  return { title: 'What to change', rows, below, least: 2, weight: 1 }
}

function hotCodeSection(report: Report, toShown: ToShown): TerminalSection {
  const all = hotCode(report)
  const busy = busyMs(report)
  const rows = all.map(row => [
    duration(row.selfMs),
    percent(row.selfMs, busy),
    ...describeHotCode(row, toShown),
  ])
  const note = (shown: number) =>
    `${percent(
      all.slice(0, shown).reduce((sum, { selfMs }) => sum + selfMs, 0),
      busy,
    )} of CPU`
  return { title: 'Hot functions (self)', note, rows, least: 3, weight: 2 }
}

function describeHotCode(row: HotCode, toShown: ToShown): [name: string, where: string, costs: string] {
  if (row.kind === 'package')
    return [plain(row.package.package), count(row.package.functions, 'function'), '']
  const { hotspot } = row
  return [
    cliTruncate(plain(hotspot.function), LONGEST_NAME),
    position({ ...hotspot, file: toShown(hotspot.file) }) + (hotspot.generated ? ' (generated)' : ''),
    costliest(hotspot),
  ]
}

function testSection(
  report: Report,
  { toShown, topN }: Pick<TerminalOptions, 'toShown' | 'topN'>,
): TerminalSection {
  const slowest = slowestTests(report).slice(0, topN)
  const rows = slowest.map(({ file, test, rows: { length } }) => [
    duration(test.wallMs),
    mostly(test),
    testLabel(test, file) + (length > 1 ? ` ×${length.toLocaleString('en-US')}` : ''),
    fileLabel(file, test, toShown),
  ])
  return { title: 'Slowest tests', rows, least: 3, weight: 2 }
}

export function testLabel(test: TestReport, { tests }: FileReport): string {
  const notes = outcome(test, tests)
  return cliTruncate(testName(test.name), LONGEST_NAME) + (notes.length === 0 ? '' : ` (${notes.join(', ')})`)
}

export function fileLabel({ path, project }: FileReport, test: TestReport, toShown: ToShown): string {
  const place = testPlace({ ...test, file: path }, toShown)
  return project === '' ? place : `${place} (${plain(project)})`
}

function importSection(report: Report, toShown: ToShown): TerminalSection {
  const rows = costlyImports(report)
    .filter(({ savedMs }) => savedMs >= 1)
    .map(row => [
      duration(row.savedMs),
      `self ${duration(row.selfMs)}`,
      row.transformer === null ? pathName(toShown(row.module)) : plain(importName(row)),
      howOftenLoaded(row),
    ])
  const own = ownPartOfTests(report)
  return { title: 'Costliest imports (saved without them)', note: () => own, rows, least: 2, weight: 1 }
}

function howOftenLoaded({ transformer, files, loads }: ImportReport): string {
  if (transformer !== null) return `once a worker, in ${count(files, 'file')}`
  return `in ${count(files, 'file')}${loads > files ? `, loaded ${loads} times` : ''}`
}

function hookSection(report: Report, toShown: ToShown): TerminalSection {
  const rows = longestHooks(report).map(row => [
    duration(row.wallMs),
    `×${row.count.toLocaleString('en-US')}`,
    cliTruncate(hookName(row), LONGEST_NAME),
    position({ ...row, file: toShown(row.file) }),
    row.idleMs >= row.wallMs / 2 ? `waits ${percent(row.idleMs, row.wallMs)}` : `CPU ${duration(row.cpuMs)}`,
  ])
  return { title: 'Hooks', rows, least: 1, weight: 1 }
}

function waitSection(report: Report, toShown: ToShown): TerminalSection {
  const rows = longestWaits(report, toShown).map(({ wait, startedBy: starter }) => [
    duration(wait.totalMs),
    `×${wait.count.toLocaleString('en-US')}`,
    plain(waitedFor(wait)),
    starter,
  ])
  const { idleMs, blockedMs } = report.totals
  const note = () => `idle ${duration(idleMs)}${blockedMs >= 1 ? ` · blocked ${duration(blockedMs)}` : ''}`
  return { title: 'Waits', note, rows, least: 3, weight: 1 }
}

/** Milliseconds that callbacks of an ended test have to take before anybody needs to know. */
const LEAST_LEAK = 5

function leakSection({ leaks }: Report, toShown: ToShown): TerminalSection {
  const rows = leaks
    .filter(({ cpuMs }) => cpuMs >= LEAST_LEAK)
    .map(leak => [
      duration(leak.cpuMs),
      `×${leak.count.toLocaleString('en-US')}`,
      `${plain(leak.kind)} of ${cliTruncate(plain(leak.test.fullName), LONGEST_NAME)}`,
      `${startedBy(leak, toShown)}, in ${count(leak.during.length, 'later test')}`,
    ])
  return { title: 'Left behind by tests that had ended', rows, least: 1, weight: 1, warning: true }
}

function missingSection({ missing }: Report): TerminalSection {
  const groups = groupMissing(missing)
  const rows = groups.map(group => {
    // A run that was cut off or ended early cannot tell of which files.
    const files = groupFilesText(group)
    return ['', '', plain(`${files === '' ? '' : `${files}: `}${group.reason}. ${group.remedy}`)]
  })
  const note = (shown: number) => {
    const here = groups.slice(0, shown).reduce((sum, { files }) => sum + files.length, 0)
    return count(missing.length, 'file') + (here < missing.length ? `, ${here} of them here` : '')
  }
  return { title: 'Not fully profiled', note, rows, least: 2, weight: 1, warning: true }
}
