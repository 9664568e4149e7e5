// The breakdown of the time of each test, if only a few tests ran.

import { sum } from 'd3-array'
import { byDescending } from '../../profile/order.js'
import { isOwnCode } from '../../profile/own-code.js'
import { testKey } from '../../profile/paths.js'
import { hasRun } from '../../recording/enums.js'
import type { WaitReport } from '../account-reports.js'
import type { CallRow, FunctionReport, TestReference } from '../code-reports.js'
import type { FileHookReport, FileReport, TestReport } from '../file-report.js'
import type { Report } from '../report.js'

const MOST_TESTS = 3
/** Milliseconds: shorter waits and hooks are not shown. */
const SHORTEST = 1
/** A function with fewer samples is not shown. */
const FEW_SAMPLES = 2

export interface TestBreakdown {
  file: FileReport
  /** The last of several attempts. */
  test: TestReport
  attempts: number
  /** Also of packages and Node, unless own functions and calls explain most of the time. */
  functions: FunctionReport[]
  /** What own code called in all attempts, which cannot be distinguished. */
  calls: { call: CallRow; totalMs: number }[]
  /** Waits of all attempts, which cannot be distinguished. */
  waits: { wait: WaitReport; totalMs: number }[]
  /** Hooks of the test, and those that ran once for the describe blocks around it. */
  hooks: { hook: FileHookReport; count: number; wallMs: number }[]
  /** The time that importing the file took, if longer than the test; otherwise null. */
  longerImportMs: number | null
}

/** The slowest test first; empty if more than three tests ran. */
export function testBreakdowns({
  files,
  waits,
  calls,
}: Pick<Report, 'files' | 'waits' | 'calls'>): TestBreakdown[] {
  const ran = files
    .flatMap(file => lastAttempts(file).map(test => ({ file, test })))
    .filter(row => hasRun(row.test))
  if (ran.length > MOST_TESTS) return []
  return ran
    .toSorted(
      byDescending(
        ({ test }) => test.wallMs,
        ({ file: { path: file, project }, test: { index } }) => testKey({ file, project, index }),
      ),
    )
    .map(({ file, test }) => ({ file, test, calls: callsOf(calls, file, test) }))
    .map(({ file, test, calls: own }) => ({
      file,
      test,
      attempts: file.tests.filter(({ index }) => index === test.index).length,
      functions: functionsOf(test, own),
      calls: own,
      waits: waitsOf(waits, file, test),
      hooks: hooksOf(file, test),
      longerImportMs: longerImport(file, test),
    }))
}

/** The last attempt at each test, which decides its status. */
export function lastAttempts({ tests }: Pick<FileReport, 'tests'>): TestReport[] {
  return [...new Map(tests.map(test => [test.index, test])).values()]
}

// Includes built-ins, which the test may have called; Jest's own part is the same in every test.
function hottestFunctions({ hotspots }: TestReport): FunctionReport[] {
  return hotspots.filter(
    ({ category, sampleCount, selfMs }) =>
      /^(source|test|dependency|node|native)$/.test(category) && sampleCount >= FEW_SAMPLES && selfMs > 0,
  )
}

/** Calls have the time of what they call: next to them, functions of packages are shown only if much is left to explain. */
function functionsOf(test: TestReport, calls: TestBreakdown['calls']): FunctionReport[] {
  const all = hottestFunctions(test)
  const own = all.filter(isOwnCode)
  const explainedMs = sum(own, ({ selfMs }) => selfMs) + sum(calls, ({ totalMs }) => totalMs)
  return calls.length > 0 && explainedMs >= (test.cpuMs ?? 0) / 2 ? own : all
}

/** Whether a row is about that test, whatever the attempt. */
function isAbout(
  { path, project }: FileReport,
  { index }: TestReport,
): (row: TestReference & { group?: number[] }) => boolean {
  return row => row.file === path && row.project === project && row.index === index && row.group === undefined
}

function callsOf(calls: readonly CallRow[], file: FileReport, test: TestReport): TestBreakdown['calls'] {
  return calls
    .flatMap(call => {
      const own = call.tests.find(isAbout(file, test))
      return own === undefined || own.totalMs < SHORTEST || call.sampleCount < FEW_SAMPLES
        ? []
        : [{ call, totalMs: own.totalMs }]
    })
    .toSorted(byDescending('totalMs', ({ call }) => JSON.stringify([call.caller, call.callee])))
}

function waitsOf(waits: readonly WaitReport[], file: FileReport, test: TestReport): TestBreakdown['waits'] {
  return waits
    .flatMap(wait => {
      const own = wait.tests.find(isAbout(file, test))
      return own === undefined || own.totalMs < SHORTEST ? [] : [{ wait, totalMs: own.totalMs }]
    })
    .toSorted(byDescending('totalMs', ({ wait }) => wait.kind + JSON.stringify(wait.stack)))
}

function hooksOf({ hooks }: FileReport, test: TestReport): TestBreakdown['hooks'] {
  return test.hooks.flatMap(({ hook: position, count, wallMs }) => {
    const hook = hooks[position]
    return hook === undefined || wallMs < SHORTEST ? [] : [{ hook, count, wallMs }]
  })
}

function longerImport({ phases }: FileReport, { wallMs }: TestReport): number | null {
  const importMs = phases?.imports.wallMs ?? 0
  return importMs > wallMs ? importMs : null
}
