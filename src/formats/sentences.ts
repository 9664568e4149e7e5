// Sentences about a run: its headlines and where its time went. The terminal, Markdown and the page share them. Outputs
// must escape them, because names come from test code.

import { group, sum } from 'd3-array'
import type { TransformReport } from '../report/account-reports.js'
import type { CommandReport, Report } from '../report/report.js'
import { shownReadyMs } from '../report/views/busy-machine.js'
import { count, duration, grouped, percent } from '../report/views/figures.js'
import { loadingOf } from '../report/views/imports.js'
import { computeBalanceGain, listMachines, processorsText, workersText } from '../report/views/machines.js'
import { pathText } from '../report/views/names.js'
import { hasProfile } from '../report/views/profiled.js'
import { busyMs } from '../tables/code-tables.js'
import { importingText, PHASES_IN_ORDER } from '../tables/time-tables.js'

/** `20 files · 300 tests · 4 workers`; for a selection without workers. */
export function scopeText({ run, totals }: Pick<Report, 'run' | 'totals'>): string {
  const parts = [count(totals.testFiles, 'file'), testsText({ run, totals })]
  return [...parts, ...(run.selection === undefined ? [workersText(run)] : [])].join(' · ')
}

/** The number of tests; with `-t`, how many of them ran. */
function testsText({ run, totals }: Pick<Report, 'run' | 'totals'>): string {
  const all = count(totals.tests, 'test')
  const isPart = run.part?.some(part => part.startsWith('-t ')) === true && totals.testsRun < totals.tests
  return isPart ? `${grouped(totals.testsRun)} of ${all}` : all
}

/** A figure of the whole run. */
type Headline = Readonly<Record<'name' | 'value' | 'meaning', string>>

/** Garbage collection, which is part of CPU time. */
export function collectionOf({ totals: { gcMs, cpuMs } }: Pick<Report, 'totals'>): Headline {
  return { name: 'GC', value: duration(gcMs), meaning: `garbage collection, ${percent(gcMs, cpuMs)} of CPU` }
}

/** Wall time of the command, and the parts of its test files' time. */
export function headlines(report: Pick<Report, 'run' | 'totals' | 'command'>): Headline[] {
  const { run, totals, command } = report
  const isPart = run.selection !== undefined
  const { fileWallMs, cpuMs, idleMs, blockedMs } = totals
  const readyMs = shownReadyMs(totals)
  const whole = isPart ? fileWallMs : (command?.wallMs ?? totals.wallMs)
  const shareOf = run.selection?.test === undefined ? 'file' : 'that'
  const figure = (name: string, ms: number, meaning: string) => ({ name, value: duration(ms), meaning })
  return [
    figure('wall', whole, wallMeaning(report)),
    figure('CPU', cpuMs, 'all test files together'),
    ...(readyMs === null ? [] : [figure('no core', readyMs, NO_CORE)]),
    ...(blockedMs >= 1 ? [figure('blocked', blockedMs, 'in synchronous calls that wait')] : []),
    figure('waiting', idleMs, fileWallMs > 0 ? `${percent(idleMs, fileWallMs)} of ${shareOf} time` : ''),
  ]
}

const NO_CORE = 'threads were runnable but not scheduled: wall times are too long by this much'

function wallMeaning({ run, command }: Pick<Report, 'run' | 'command'>): string {
  if (run.selection !== undefined) return 'of the selected part of the run'
  return command === null
    ? 'from the start of the run to the end of its last test file'
    : 'from the start of Jest’s process to its end'
}

/** `wall 1.00 s · CPU 410 ms · waiting 90 ms (18 % of file time)` */
export function timeText(report: Pick<Report, 'run' | 'totals' | 'command'>): string {
  const textOf = ({ name, value, meaning }: Headline) =>
    name === 'waiting' && meaning !== '' ? `${name} ${value} (${meaning})` : `${name} ${value}`
  return headlines(report).map(textOf).join(' · ')
}

/** What profiling cost. */
export function overheadOf({ totals }: Pick<Report, 'totals'>): Headline {
  return {
    name: 'profiler overhead',
    value: `~${duration(totals.overheadMs)}`,
    meaning:
      'CPU time that profiling took in all processes; the part spent inside V8 is also included in the times of tests',
  }
}

/** The sampling interval and number of samples, or that there are none, and profiler overhead. */
export function qualityText({ run, totals }: Pick<Report, 'run' | 'totals'>): string {
  const { sampleCount, testFiles } = totals
  const of = run.selection?.test === undefined ? '' : ` (of the whole ${testFiles === 1 ? 'file' : 'files'})`
  const samples =
    run.samplingIntervalMicros === null
      ? 'engine none: no functions, lines and flame graphs'
      : `${run.samplingIntervalMicros / 1000} ms samples: ${grouped(sampleCount)}`
  return `${samples} · profiler overhead${of}: ${overheadOf({ totals }).value} CPU`
}

/** Versions, processors and engine, which `qualityText` names where there is no profile. */
export function machineText({ run }: Pick<Report, 'run'>): string {
  const engine = hasProfile({ run }) ? `, engine ${run.engine}` : ''
  return `Jest ${run.jestVersion}, Node ${run.nodeVersion}, ${processorsText(run)}${engine}`
}

/** The selected part of the run; `''` for the whole run. */
export function selectionText({ run: { selection } }: Pick<Report, 'run'>): string {
  if (selection === undefined) return ''
  const asked = Object.entries(selection).map(([kind, typed]) => `${kind} ${JSON.stringify(typed)}`)
  return `Only ${asked.join(', ')}: all values are for that part of the run.`
}

/** `''` if test files ran. */
export function emptyText({ totals }: Pick<Report, 'totals'>): string {
  return totals.testFiles === 0 ? 'No test files ran.' : ''
}

/** Smaller shares are left out. */
const LEAST_SHOWN = 0.01

/** Wall time by phase and its share, in the order of phases in a file. */
export function phaseShares(report: Report): [phase: string, time: string, share: string][] {
  const { totals } = report
  return phasesShown(report).map(({ phase, wallMs }) => [
    phase + importingText(phase, report),
    duration(wallMs),
    percent(wallMs, totals.fileWallMs),
  ])
}

function phasesShown(report: Report) {
  return PHASES_IN_ORDER.rows(report).filter(({ wallMs }) => wallMs >= LEAST_SHOWN * report.totals.fileWallMs)
}

/** The whole command in its order, in milliseconds: its startup, the phases of the test files by their shares, and what follows. */
export function commandShares(report: Report): { readonly name: string; readonly ms: number }[] {
  const { command, totals } = report
  const scale = command === null || totals.fileWallMs === 0 ? 1 : command.running.wallMs / totals.fileWallMs
  const phases = phasesShown(report).map(({ phase, wallMs }) => ({ name: phase, ms: wallMs * scale }))
  if (command === null) return phases
  // Without recordings, it is unknown what the files did.
  if (phases.length === 0) return commandParts(command, 0).map(({ name, wallMs }) => ({ name, ms: wallMs }))
  const [before, , after] = commandParts(command, 0).map(({ name, wallMs }) => ({ name, ms: wallMs }))
  return [before, ...phases, after].filter(share => share !== undefined)
}

/** Shares of CPU time by category, the largest first; empty without a profile. */
export function categoryShares(
  report: Pick<Report, 'run' | 'categories' | 'totals'>,
): [category: string, share: string][] {
  const busy = hasProfile(report) ? busyMs(report) : 0
  return Object.entries(report.categories)
    .flatMap(([category, selfMs]) =>
      selfMs === null || busy === 0 || selfMs < LEAST_SHOWN * busy ? [] : [[category, selfMs] as const],
    )
    .toSorted(([, a], [, b]) => b - a)
    .map(([category, selfMs]) => [category, percent(selfMs, busy)])
}

/** Sentences that explain wall time in addition to the phases. */
export function timeSentences(report: Report): string[] {
  return [commandText(report), scheduleText(report), betweenFilesText(report)].filter(text => text !== '')
}

/** The utilization of the workers; `''` for a part of a run and for one worker. */
export function scheduleText(report: Pick<Report, 'run' | 'schedule' | 'totals'>): string {
  const { workers, criticalFile } = report.schedule
  if (report.run.selection !== undefined || workers.length < 2 || criticalFile === null) return ''
  const machines = listMachines(report)
  const busy = sum(workers, worker => worker.busyMs)
  const whole = sum(machines, machine => machine.workers.length * machine.wallMs)
  const where = machines.length === 1 ? '' : ` on ${count(machines.length, 'machine')}`
  // Some may have had no test file.
  const others = workers.length < report.run.workers ? `of ${report.run.workers} ` : ''
  return [
    `${workers.length} ${others}workers${where} busy ${percent(busy, whole)} of the wall time`,
    balanceText(report),
    `last to finish: ${pathText(criticalFile.path)} (${duration(criticalFile.wallMs)})`,
  ]
    .filter(text => text !== '')
    .join(' · ')
}

/** `''` if the workers were balanced, for one worker, and for a part of a run. */
export function balanceText({ run, schedule }: Pick<Report, 'run' | 'schedule'>): string {
  const isWhole = run.selection === undefined && schedule.workers.length > 1
  if (!isWhole || computeBalanceGain(schedule) === 0) return ''
  return `ideal wall time if balanced: ${duration(schedule.balancedWallMs)}`
}

/** The three parts of the command, which add up to it. Their own parts are omitted below `least` milliseconds. */
export function commandParts({ startUp, running, after }: CommandReport, least: number) {
  const part = (name: string, wallMs: number, inIt: Readonly<Record<string, number | null>> = {}) => ({
    name,
    wallMs,
    parts: Object.entries(inIt).flatMap(([own, ms]) =>
      ms === null || ms < least ? [] : `${own} ${duration(ms)}`,
    ),
  })
  const { fileMapMs, findTestsMs, globalSetupMs } = startUp
  const { coverageMs, reportersMs, profilerMs, globalTeardownMs, exitMs } = after
  return [
    part('startup', startUp.wallMs, {
      'haste map': fileMapMs,
      'finding tests': findTestsMs,
      globalSetup: globalSetupMs,
    }),
    part('test files', running.wallMs),
    part('after tests', after.wallMs, {
      coverage: coverageMs,
      reporters: reportersMs,
      'this report': profilerMs,
      globalTeardown: globalTeardownMs,
      exit: exitMs,
    }),
  ]
}

/** A smaller share of the command is not mentioned. */
const LEAST_PART = 0.02

/** The time of the whole command by part; `''` if unknown. */
function commandText({ command }: Pick<Report, 'command'>): string {
  if (command === null) return ''
  const parts = commandParts(command, LEAST_PART * command.wallMs).map(
    ({ name, wallMs, parts: known }) =>
      `${name} ${duration(wallMs)}${known.length === 0 ? '' : ` (${known.join(', ')})`}`,
  )
  return `whole command ${duration(command.wallMs)}: ${parts.join(' · ')}`
}

/** Time of workers between files; `''` if it is short. */
function betweenFilesText({ phases, totals }: Pick<Report, 'phases' | 'totals'>): string {
  const { wallMs, restarts } = phases.betweenFiles
  if (wallMs < LEAST_PART * totals.fileWallMs || totals.fileWallMs === 0) return ''
  const times = restarts === 0 ? '' : `, ${count(restarts, 'worker restart')}`
  return `between files (not part of any phase): ${duration(wallMs)}${times}`
}

/** Time of transforms, and cache misses; `''` if it is short. */
export function transformText({ transforms, totals }: Pick<Report, 'transforms' | 'totals'>): string {
  const totalOf = (key: 'files' | 'cacheMisses' | 'totalMs' | 'loadMs') => sum(transforms, row => row[key])
  const [files, misses] = [totalOf('files'), totalOf('cacheMisses')]
  const [totalMs, loadMs] = [totalOf('totalMs'), totalOf('loadMs')]
  if (totalMs + loadMs === 0 || totalMs + loadMs < totals.fileWallMs / 100) return ''
  const cache = misses === 0 ? 'all cache hits' : `${misses} of ${files} not cached`
  const parts = transforms
    .filter((row, index) => index === 0 || row.totalMs >= totalMs / 10)
    .map(row => `${row.transformer ?? 'none'} ${row.extension} ${duration(row.totalMs)}`)
  return `transforms ${duration(totalMs)} (${cache}): ${[...parts, ...loadingTexts(transforms)].join(' · ')}`
}

/** Time of loading transformers, once in each worker, which is not part of the time of transforms. */
function loadingTexts(transforms: readonly TransformReport[]): string[] {
  return [...group(transforms, ({ transformer }) => transformer ?? '')].flatMap(([transformer, rows]) => {
    const ms = sum(rows, ({ loadMs }) => loadMs)
    return ms < 1 ? [] : `${loadingOf(transformer)} ${duration(ms)}`
  })
}

/** A sentence for each table that was cut to limit report.json. */
export function cutTexts({ truncated }: Pick<Report, 'truncated'>): string[] {
  return truncated.map(
    ({ table, kept, total }) =>
      `${table}: the first ${grouped(kept)} of ${grouped(total)} rows; the run’s recordings contain all`,
  )
}
