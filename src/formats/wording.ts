// How names and figures of the report read in text: shared by the terminal and Markdown, so that both show the same.

import { stripVTControlCharacters } from 'node:util'
import cliTruncate from 'cli-truncate'
import type { FunctionReport, Hotspot } from '../report/code-reports.js'
import type { FileReport, TestReport } from '../report/file-report.js'
import type { Report } from '../report/report.js'
import { shownReadyMs } from '../report/views/busy-machine.js'
import { count, duration, percent } from '../report/views/figures.js'
import { workersText } from '../report/views/machines.js'
import { pathText } from '../report/views/path-text.js'

/** On one line, without anything that a terminal would obey: names come from test code. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
}

/** A path of the report, safe and of readable length. */
export function pathName(path: string): string {
  return pathText(plain(path))
}

/** Columns: a name may be a paragraph. */
const LONGEST_NAME = 100

export function testName(name: readonly string[]): string {
  return cliTruncate(plain(name.join(' › ')), LONGEST_NAME)
}

type Place = Pick<FunctionReport, 'file' | 'line' | 'column'>

/** `path:line:column`, which terminals and editors make a link; 0 stands for a line or column that is not known. */
export function position({ file, line, column }: Place): string {
  if (file === '') return ''
  const known = [line, column].slice(0, line > 0 ? (column > 0 ? 2 : 1) : 0)
  return [pathName(file), ...known].join(':')
}

/** A test's file, and where in it, or in which other file, the test is defined. */
export function testPlace(
  { file, line, column, definedIn }: Place & { readonly definedIn?: Place },
  toShown: (path: string) => string,
): string {
  const own = position({ file: toShown(file), line, column })
  if (definedIn === undefined) return own
  return `${own}, defined at ${position({ ...definedIn, file: toShown(definedIn.file) })}`
}

/** Where a function costs most: its costliest test, or that it ran in none. */
export function costliest({ tests: [first], files }: Pick<Hotspot, 'tests' | 'files'>): string {
  if (first === undefined) return `outside of tests, in ${count(files, 'file')}`
  return `in ${testName(first.name)} (${duration(first.totalMs)})`
}

/** CPU time of a test or file; with `~` where it rests on a handful of samples. */
export function cpuTime({ cpuMs, sampleCount }: Pick<TestReport, 'cpuMs' | 'sampleCount'>): string {
  if (cpuMs === null || sampleCount === null) return '–'
  return sampleCount < FEW_SAMPLES ? `~${duration(cpuMs)}` : duration(cpuMs)
}

const FEW_SAMPLES = 10

/** Tests of a file, each once however often it was tried. */
export function testCount({ tests }: Pick<FileReport, 'tests'>): number {
  return new Set(tests.map(({ index }) => index)).size
}

/** What sets a test or attempt apart from one that simply passed. */
export function outcome({ status, attempt, index }: TestReport, siblings: readonly TestReport[]): string[] {
  const attempts = siblings.filter(test => test.index === index).length
  return [...(attempts > 1 ? [`attempt ${attempt}`] : []), ...(status === 'passed' ? [] : [status])]
}

function interval({ run }: Pick<Report, 'run'>): string {
  return `${run.samplingIntervalMicros / 1000} ms`
}

/** All sampled CPU time: what the shares of functions and categories are parts of. */
export function busyMs({ categories }: Pick<Report, 'categories'>): number {
  return Object.values(categories).reduce((sum, selfMs) => sum + selfMs, 0)
}

/**
 * The run, or the part of it that was asked for, in a line or two: what it covers, what it cost, and how good the data
 * are.
 */
export function headline({ run, totals, command }: Pick<Report, 'run' | 'totals' | 'command'>): {
  scope: string
  time: string
  quality: string
} {
  const { fileWallMs, cpuMs, idleMs, blockedMs, sampleCount, overheadMs } = totals
  const readyMs = shownReadyMs(totals)
  const { selection } = run
  // What the whole run took says nothing of a part.
  const wallMs = selection === undefined ? (command?.wallMs ?? totals.wallMs) : fileWallMs
  const others = [
    ...(readyMs === null ? [] : [`no core ${duration(readyMs)}`]),
    ...(blockedMs >= 1 ? [`blocked ${duration(blockedMs)}`] : []),
  ]
    .map(part => ` · ${part}`)
    .join('')
  const counts = [
    ...[count(totals.testFiles, 'file'), testsText({ run, totals })],
    ...(selection === undefined ? [workersText(run)] : []),
  ]
  const files = totals.testFiles === 1 ? 'file' : 'files'
  const cost = selection?.test === undefined ? 'our own cost' : `our own cost in all of the ${files}`
  return {
    scope: counts.join(' · '),
    time: `wall ${duration(wallMs)} · CPU ${duration(cpuMs)}${others} · waiting ${duration(idleMs)} (${percent(idleMs, fileWallMs)} of ${selection?.test === undefined ? "the files'" : 'that'} time)`,
    quality:
      `${interval({ run })} samples: ${sampleCount.toLocaleString('en-US')} · ` +
      `${cost}: about ${duration(overheadMs)} of CPU`,
  }
}

/** Of a run of some tests of its files, how many of them. */
function testsText({ run, totals }: Pick<Report, 'run' | 'totals'>): string {
  const isPart = run.part?.some(part => part.startsWith('-t ')) === true && totals.testsRun < totals.tests
  return isPart
    ? `${totals.testsRun.toLocaleString('en-US')} of ${count(totals.tests, 'test')}`
    : count(totals.tests, 'test')
}

/** Which part of a run was asked for; `''`: all of it. */
export function selectionText({ run: { selection } }: Pick<Report, 'run'>): string {
  if (selection === undefined) return ''
  const asked = Object.entries(selection).map(([kind, typed]) => `${kind} ${JSON.stringify(plain(typed))}`)
  return `Only ${asked.join(', ')}: all figures are of that part.`
}
