// What hardly takes time in a run, so that nobody works on it. Each sentence is true of every run with these values. Needs no Node.

import { isOwnCode } from '../../profile/own-code.js'
import { PHASES } from '../../profile/profile.js'
import type { Report } from '../report.js'
import { duration, percent } from './figures.js'
import { computeBalanceGain, LEAST_GAIN } from './machines.js'
import { hasProfile } from './profiled.js'

/** Phases, waits and other parts of a whole with a smaller share of it are small. */
const SMALL_PART = 0.02
/** A single function or module with a smaller share is small. */
const SMALL_ITEM = 0.01
/** With more functions of a larger share, functions are no small cost. */
const MOST_EXCEPTIONS = 3

/** Sentences, with names of code in backticks; empty if no test file was recorded. */
export function smallCosts(report: Report): string[] {
  if (report.totals.fileWallMs <= 0) return []
  return [
    smallPhases(report),
    smallParts(report),
    waiting(report),
    collections(report),
    transforms(report),
    ownFunctions(report),
    imports(report),
    order(report),
    profiler(report),
  ].filter(text => text !== '')
}

function smallPhases({ phases, totals: { fileWallMs } }: Report): string {
  const small = PHASES.map(phase => ({ phase, ms: phases[phase].wallMs })).filter(
    ({ ms }) => ms > 0 && ms < SMALL_PART * fileWallMs,
  )
  if (small.length === 0) return ''
  const listed = small.map(({ phase, ms }) => `${phase} ${duration(ms)}`).join(', ')
  return `Phases below ${percent(SMALL_PART, 1)} of the files’ ${duration(fileWallMs)}: ${listed}.`
}

function smallParts({ command }: Report): string {
  if (command === null) return ''
  const { startUp, after, wallMs } = command
  const small = Object.entries({ startup: startUp.wallMs, 'after tests': after.wallMs }).filter(
    ([, ms]) => ms < SMALL_PART * wallMs,
  )
  if (small.length === 0) return ''
  const listed = small.map(([name, ms]) => `${name} ${duration(ms)}`).join(', ')
  return `Parts below ${percent(SMALL_PART, 1)} of the command’s ${duration(wallMs)}: ${listed}.`
}

function waiting({ totals: { idleMs, blockedMs, fileWallMs } }: Report): string {
  const ms = idleMs + blockedMs
  if (ms >= SMALL_PART * fileWallMs) return ''
  return `Waits (timers, requests, child processes): ${duration(ms)} in all, ${percent(ms, fileWallMs)} of the files’ time.`
}

function collections({ totals: { gcMs, cpuMs } }: Report): string {
  if (cpuMs <= 0 || gcMs >= SMALL_PART * cpuMs) return ''
  return `Garbage collection: ${duration(gcMs)}, ${percent(gcMs, cpuMs)} of CPU time.`
}

function transforms({ transforms: rows, totals: { fileWallMs } }: Report): string {
  const ms = rows.reduce((sum, { totalMs, loadMs }) => sum + totalMs + loadMs, 0)
  if (rows.length === 0 || ms >= SMALL_PART * fileWallMs) return ''
  return `Transforms: ${duration(ms)} with the loading of transformers, ${percent(ms, fileWallMs)} of the files’ time; a faster transformer saves no more.`
}

/** The hottest functions are all in the report, however many were cut. */
function ownFunctions(report: Report): string {
  const { hotspots, totals } = report
  if (!hasProfile(report) || totals.sampleCount === 0 || totals.cpuMs <= 0) return ''
  const large = hotspots.filter(row => isOwnCode(row) && row.selfMs >= SMALL_ITEM * totals.cpuMs)
  if (large.length > MOST_EXCEPTIONS) return ''
  const named = large.map(row => `\`${row.function}\` at \`${row.file}:${row.line}\``)
  const others =
    large.length === 0 ? 'Functions of your own code' : `Your own functions except ${named.join(', ')}`
  return `${others}: none takes ${percent(SMALL_ITEM, 1)} of CPU time itself, without what it calls.`
}

function imports({ imports: rows, totals: { fileWallMs } }: Report): string {
  const saved = rows
    .filter(({ category, transformer }) => category !== 'test' && transformer === null)
    .map(({ savedMs }) => savedMs)
  const most = Math.max(0, ...saved)
  if (saved.length === 0 || most >= SMALL_ITEM * fileWallMs) return ''
  return `Imports: to remove any one of them saves at most ${duration(most)}, ${percent(most, fileWallMs)} of the files’ time.`
}

function order({ run, schedule }: Report): string {
  const isWhole = run.selection === undefined && schedule.workers.length > 1
  if (!isWhole || computeBalanceGain(schedule) > 0) return ''
  return `The order of test files: another one saves less than ${percent(LEAST_GAIN, 1)} of their wall time.`
}

function profiler({ run, totals: { overheadMs } }: Report): string {
  if (run.selection !== undefined || overheadMs < 1) return ''
  return `The profiler’s own CPU time, ~${duration(overheadMs)} in all processes: a run without it does not have it.`
}
