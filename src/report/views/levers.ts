// The largest costs of a run that something can be done about, for runs in which rules find little to change. Needs no Node.

import { byDescending } from '../../profile/order.js'
import { isOwnCode } from '../../profile/own-code.js'
import type { Position } from '../code-reports.js'
import type { Report } from '../report.js'
import { ownMs } from './busy-machine.js'
import { calledCode } from './called-code.js'
import { count } from './figures.js'
import { costlyImports } from './imports.js'
import { hookName } from './names.js'
import { testBreakdowns } from './test-breakdowns.js'
import { unrecordedWaitsMs } from './unrecorded-waits.js'

export interface Lever {
  readonly costMs: number
  /** What takes the time. */
  readonly text: string
  /** Where to look; null: not a place in the code. */
  readonly position: Position | null
}

const MOST = 3
/** Less is no lever beside findings. The share is that of the time of all test files without the time in which they had no core. */
const LEAST_SHARE = 0.03
/** Less is no lever. */
const LEAST_MS = 100
/** Findings that save a smaller share of the command leave the question open. */
const LEAST_SAVED = 0.05

/**
 * The most expensive first; empty if rules found something that is worth it, and for a few tests, each of which has a breakdown of its own. Kinds of
 * costs may overlap: a call may be part of a hook.
 */
export function levers(report: Report): Lever[] {
  if (isWorthwhile(report) || testBreakdowns(report).length > 0) return []
  const least =
    report.findings.length === 0 ? LEAST_MS : Math.max(LEAST_MS, LEAST_SHARE * ownTimeOfFiles(report))
  return [
    fixedCost(report),
    dearestImport(report),
    dearestCall(report),
    ownFunction(report),
    longestHook(report),
    longestWait(report),
  ]
    .filter(lever => lever !== undefined)
    .filter(({ costMs }) => costMs >= least)
    .toSorted(byDescending<Lever>('costMs', ({ text }) => text))
    .slice(0, MOST)
}

/** Whether findings save a considerable part of the command. */
function isWorthwhile({ findings, savesWallMs, command, totals }: Report): boolean {
  const wholeMs = command?.wallMs ?? totals.wallMs
  return findings.length > 0 && (savesWallMs === null || savesWallMs.high >= LEAST_SAVED * wholeMs)
}

function ownTimeOfFiles({ totals }: Report): number {
  return ownMs({ ...totals, wallMs: totals.fileWallMs })
}

/** What every test file pays before its own code is loaded. */
function fixedCost({ phases, files }: Report): Lever {
  const { environment, setupFiles, framework, setupFilesAfterEnv, teardown } = phases
  const costMs = [environment, setupFiles, framework, setupFilesAfterEnv, teardown].reduce(
    (sum, times) => sum + ownMs(times),
    0,
  )
  const text = `environment, framework and set-up of ${count(files.length, 'test file')}, the same for each: fewer, larger files may spare some of it`
  return { costMs, text, position: null }
}

function dearestImport(report: Report): Lever | undefined {
  const row = costlyImports(report).find(({ transformer }) => transformer === null)
  if (row === undefined) return undefined
  const position = { file: row.module, line: 0, column: 0 }
  const { imports } = report.phases
  return {
    costMs: imports.wallMs === 0 ? row.savedMs : (row.savedMs * ownMs(imports)) / imports.wallMs,
    text: `importing it in ${count(row.files, 'test file')}`,
    position,
  }
}

function dearestCall(report: Report): Lever | undefined {
  const row = calledCode(report).find(({ first }) => first.callee.function !== 'require')
  if (row === undefined) return undefined
  const { caller } = row.first
  const [line = caller.line] = caller.lines
  const text = `calls of \`${row.name}\` in ${count(row.callers, 'function')}`
  return { costMs: row.totalMs, text, position: { file: caller.file, line, column: 0 } }
}

function ownFunction({ hotspots }: Report): Lever | undefined {
  const row = hotspots.find(isOwnCode)
  if (row === undefined) return undefined
  const { selfMs, file, line, column } = row
  return { costMs: selfMs, text: `the code of \`${row.function}\` itself`, position: { file, line, column } }
}

function longestHook({ hooks }: Report): Lever | undefined {
  const [row] = hooks
  if (row === undefined) return undefined
  const { file, line, column } = row
  return {
    costMs: ownMs(row),
    text: `${hookName(row)}, ${count(row.count, 'run')}`,
    position: { file, line, column },
  }
}

function longestWait({ waits }: Report): Lever | undefined {
  const unknownMs = unrecordedWaitsMs({ waits })
  const row = waits.find(({ startedAt, kind }) => startedAt !== null && kind !== 'not recorded')
  if (unknownMs > (row?.totalMs ?? 0)) {
    const text = 'waiting for something that was not recorded: run again with `--waits`'
    return { costMs: unknownMs, text, position: null }
  }
  if (row?.startedAt == null) return undefined
  const { file, line, column } = row.startedAt
  return {
    costMs: row.totalMs,
    text: `waiting: ${row.kind}, ${count(row.count, 'wait')}`,
    position: { file, line, column },
  }
}
