// The tables that the terminal and Markdown show, as rows of cells: both print the same figures.

import { group } from 'd3-array'
import { ANONYMOUS } from '../profile/frame.js'
import { isOwnFile } from '../profile/own-code.js'
import { PHASES, type Phase } from '../profile/profile.js'
import type {
  CallReport,
  HookReport,
  ImportReport,
  TransformReport,
  WaitReport,
} from '../report/account-reports.js'
import type { FileReport, PhaseTimes, TestReport } from '../report/file-report.js'
import type { Report } from '../report/report.js'
import { ownMs } from '../report/views/busy-machine.js'
import { count, duration, percent } from '../report/views/figures.js'
import { loadingOf } from '../report/views/imports.js'
import { computeBalanceGain, listMachines } from '../report/views/machines.js'
import { type TestRow, testRows } from '../report/views/test-templates.js'
import { cpuTime, pathName, plain, position, testName } from './wording.js'

/** Phases that took time, in the order in which they come in a file. */
export function phasesWithTime({ phases }: Pick<Report, 'phases'>): { phase: Phase; times: PhaseTimes }[] {
  return PHASES.map(phase => ({ phase, times: phases[phase] })).filter(({ times }) => times.wallMs > 0)
}

/** How well the workers were used: what each of them did is in report.json. Of a part of a run it cannot be told. */
export function scheduleLine(report: Pick<Report, 'run' | 'schedule' | 'totals'>): string {
  const { workers, criticalFile, balancedWallMs } = report.schedule
  const isUneven = computeBalanceGain(report.schedule) > 0
  if (report.run.selection !== undefined || workers.length < 2 || criticalFile === null) return ''
  const machines = listMachines(report)
  const busy = workers.reduce((sum, { busyMs }) => sum + busyMs, 0)
  const whole = machines.reduce((sum, machine) => sum + machine.workers.length * machine.wallMs, 0)
  const where = machines.length === 1 ? '' : ` on ${count(machines.length, 'machine')}`
  // Some may have had no test file.
  const others = workers.length < report.run.workers ? `of ${report.run.workers} ` : ''
  const last = `${pathName(criticalFile.path)} (${duration(criticalFile.wallMs)})`
  return (
    `${workers.length} ${others}workers${where} busy ${percent(busy, whole)} of the wall time · ` +
    `${isUneven ? `in perfect balance ${duration(balancedWallMs)} · ` : ''}last to end: ${last}`
  )
}

/** Of the command: less is not worth a word. */
const LEAST_PART = 0.02

/** What the whole command took, part by part; `''` where it is not known. */
export function commandLine({ command }: Pick<Report, 'command'>): string {
  if (command === null) return ''
  const { wallMs, startUp, running, after } = command
  const named = (parts: readonly (readonly [name: string, ms: number | null])[]) => {
    const told = parts.flatMap(([name, ms]) =>
      ms === null || ms < LEAST_PART * wallMs ? [] : `${name} ${duration(ms)}`,
    )
    return told.length === 0 ? '' : ` (${told.join(', ')})`
  }
  const before = named([
    ['map of files', startUp.fileMapMs],
    ['finding tests', startUp.findTestsMs],
    ['globalSetup', startUp.globalSetupMs],
  ])
  const afterwards = named([
    ['coverage', after.coverageMs],
    ['reporters', after.reportersMs],
    ['our report', after.profilerMs],
    ['globalTeardown', after.globalTeardownMs],
    ['exit', after.exitMs],
  ])
  return (
    `whole command ${duration(wallMs)}: start-up ${duration(startUp.wallMs)}${before} · ` +
    `test files ${duration(running.wallMs)} · after them ${duration(after.wallMs)}${afterwards}`
  )
}

/** What workers did between two files, where that is worth a word. */
export function betweenFilesText({ phases, totals }: Pick<Report, 'phases' | 'totals'>): string {
  const { wallMs, restarts } = phases.betweenFiles
  if (wallMs < LEAST_PART * totals.fileWallMs || totals.fileWallMs === 0) return ''
  const times = restarts === 0 ? '' : `, workers restarted ${count(restarts, 'time')}`
  return `between files, in no phase: ${duration(wallMs)}${times}`
}

/** Those that one line defines are one row. */
export function slowestTests({ files }: Pick<Report, 'files'>): TestRow[] {
  return testRows(files)
    .filter(({ file, test }) => test.wallMs > 0 && !isWholeFile(file, test))
    .toSorted((a, b) => ownMs(b.test) - ownMs(a.test))
}

/** Runners that run no tests of Jest's, such as linters, tell of each file as of one test, without a name or with the file's. */
function isWholeFile({ recording, path }: FileReport, { fullName }: TestReport): boolean {
  return recording === null && (fullName === '' || fullName.replaceAll('\\', '/').endsWith(path))
}

/** What a test's wall time mostly was. */
export function mostly(test: TestReport): string {
  const { wallMs, idleMs, cpuMs, blockedMs, readyMs, importsMs } = test
  if (cpuMs === null || idleMs === null) return 'CPU –'
  if (readyMs !== null && readyMs >= wallMs / 2) return `no core ${percent(readyMs, wallMs)}`
  if (idleMs >= wallMs / 2) return `waits ${percent(idleMs, wallMs)}`
  if (importsMs !== null && importsMs >= wallMs / 2) return `imports ${percent(importsMs, wallMs)}`
  if (blockedMs !== null && blockedMs >= wallMs / 2) return `blocked ${percent(blockedMs, wallMs)}`
  return `CPU ${cpuTime(test)}`
}

export interface WaitRow {
  readonly wait: WaitReport
  /** Who started it, in a person's words. */
  readonly startedBy: string
}

/** Those that took long enough to look at. Unexplained time is a row like any other. */
export function longestWaits(
  { waits }: Pick<Report, 'waits'>,
  toShown: (path: string) => string = path => path,
): WaitRow[] {
  return waits
    .filter(({ totalMs }) => totalMs >= SHORTEST_WAIT)
    .map(wait => {
      const callers = wait.callers.length
      const several = callers > 1 ? ` (${count(callers, 'caller')})` : ''
      return { wait, startedBy: startedBy(wait, toShown, callers > 1 ? 1 : 2) + several }
    })
}

/** Milliseconds. */
const SHORTEST_WAIT = 10

export function hookName({ type, describe }: Pick<HookReport, 'type' | 'describe'>): string {
  return describe.length === 0 ? type : `${type} of ${testName(describe)}`
}

/** The hooks that took long enough to look at. */
export function longestHooks({ hooks }: Pick<Report, 'hooks'>): HookReport[] {
  return hooks.filter(({ wallMs }) => wallMs >= SHORTEST_WAIT)
}

/** What the test files' own part of importing cost: they cannot be left out, but be split or made cheaper to transform. */
export function ownPartOfTests({ imports }: Pick<Report, 'imports'>): string {
  const own = imports.filter(({ category }) => category === 'test')
  const sum = (amountOf: (row: ImportReport) => number) =>
    own.reduce((total, row) => total + amountOf(row), 0)
  const transformMs = sum(row => row.transformMs)
  const selfMs = sum(row => row.selfMs)
  if (selfMs < SHORTEST_WAIT) return ''
  const transformed = transformMs >= selfMs / 10 ? `, of which transforming ${duration(transformMs)}` : ''
  return `the test files' own part: ${duration(selfMs)}${transformed}`
}

/** What transforming cost, and whether the cache was warm. */
export function transformLine({ transforms, totals }: Pick<Report, 'transforms' | 'totals'>): string {
  const sum = (amountOf: (row: TransformReport) => number) =>
    transforms.reduce((total, row) => total + amountOf(row), 0)
  const [files, misses, totalMs] = [
    sum(row => row.files),
    sum(row => row.cacheMisses),
    sum(row => row.totalMs),
  ]
  const loadMs = sum(row => row.loadMs)
  if (totalMs + loadMs === 0 || totalMs + loadMs < totals.fileWallMs / 100) return ''
  const cache = misses === 0 ? 'all from the cache' : `${misses} of ${count(files, 'file')} not in the cache`
  const parts = transforms
    .filter((row, index) => index === 0 || row.totalMs >= totalMs / 10)
    .map(row => `${plain(row.transformer ?? 'none')} ${plain(row.extension)} ${duration(row.totalMs)}`)
  return `transforms ${duration(totalMs)}, ${cache}: ${[...parts, ...loadingTexts(transforms)].join(' · ')}`
}

/** It is not part of the time of transforms: each worker loads a transformer once, whatever it transforms. */
function loadingTexts(transforms: readonly TransformReport[]): string[] {
  return [...group(transforms, ({ transformer }) => transformer ?? '')].flatMap(([transformer, rows]) => {
    const ms = rows.reduce((sum, { loadMs }) => sum + loadMs, 0)
    return ms < 1 ? [] : `${loadingOf(plain(transformer))} ${duration(ms)}`
  })
}

/** The parts of a module's own cost, largest first: `transform 40 ms, evaluate 12 ms`. */
export function ownParts(row: ImportReport): string {
  const parts: [string, number][] = [
    ['resolve', row.resolveMs],
    ['transform', row.transformMs],
    ['compile', row.compileMs],
    ['automock', row.mockMs],
    ['evaluate', row.evaluateMs],
  ]
  return parts
    .filter(([, milliseconds]) => milliseconds >= 1)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, milliseconds]) => `${name} ${duration(milliseconds)}`)
    .join(', ')
}

/** What a wait was for, in a person's words. */
export function waitedFor({ kind }: Pick<WaitReport, 'kind'>): string {
  return kind === 'not recorded' ? 'not recorded: set the option waits (--waits)' : kind
}

/** Who started a wait: the innermost calls of the project's own code, else of whatever code there is. */
export function startedBy(
  { stack }: Pick<WaitReport, 'stack'>,
  toShown: (path: string) => string,
  calls = 2,
): string {
  const own = stack.filter(({ file }) => isOwnFile(file))
  return withoutInnerFunctions(own.length > 0 ? own : stack)
    .slice(0, calls)
    .map(call => callText(call, toShown))
    .join(' ← ')
}

/** The executor of `new Promise(resolve => setTimeout(resolve, 50))` is the helper around it, on the same line. */
function withoutInnerFunctions(stack: readonly CallReport[]): CallReport[] {
  const calls: CallReport[] = []
  for (const call of stack) {
    const inner = calls.at(-1)
    const isSameLine = inner?.file === call.file && inner.line === call.line
    if (inner === undefined || !isSameLine || inner.function !== ANONYMOUS) calls.push(call)
    else calls[calls.length - 1] = { ...inner, function: call.function }
  }
  return calls
}

function callText(call: CallReport, toShown: (path: string) => string): string {
  const place = position({ ...call, file: toShown(call.file) })
  return call.function === ANONYMOUS ? place : `${plain(call.function)} ${place}`
}
