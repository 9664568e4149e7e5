// The report's waits and leaks: each kind and stack once, however many tests and files it was seen in.

import { NOT_RECORDED, PAUSED, UNEXPLAINED } from '../account/idle-kinds.js'
import type { Leak } from '../account/leaks.js'
import type { Call, WaitSum } from '../account/wait-sums.js'
import type { CallReport, LeakReport, WaitReport, WaitTest } from './account-reports.js'
import { byDescending, type ToRelative, toMs } from './function-report.js'
import type { FileRecord } from './run-record.js'
import type { TestNames } from './test-names.js'

/** Tests shown for one wait. */
const TESTS_OF_A_WAIT = 10

interface Naming {
  readonly names: TestNames
  readonly toRelative: ToRelative
}

export function buildWaits(files: readonly FileRecord[], naming: Naming): WaitReport[] {
  const intervals = files.map(({ recording }) => recording?.header.samplingIntervalMicros ?? 0)
  const intervalMs = toMs(intervals.reduce((longest, interval) => Math.max(longest, interval), 0))
  const rows = new Map<string, WaitReport>()
  for (const file of files) {
    for (const waited of file.recording?.waits ?? []) {
      const row = waitReport(waited, file, naming)
      const key = JSON.stringify([row.kind, row.stack])
      const known = rows.get(key)
      if (known === undefined) rows.set(key, row)
      else {
        known.count += row.count
        known.totalMs = Math.round((known.totalMs + row.totalMs) * 1000) / 1000
        known.tests.push(...row.tests)
      }
    }
  }
  return [...rows]
    .toSorted(
      byDescending(
        ([, { totalMs }]) => totalMs,
        ([key]) => key,
      ),
    )
    .map(([, row]) => ({
      ...row,
      tests: longestTests(row.tests, intervalMs),
    }))
}

/** The sampler sees a change late, by up to an interval: then a test seems to wait for what the one before did. */
function longestTests(tests: readonly WaitTest[], intervalMs: number): WaitTest[] {
  const merged = mergedTests(tests).toSorted(longestFirst)
  const [longest] = merged
  return merged.filter(test => test === longest || test.totalMs >= intervalMs).slice(0, TESTS_OF_A_WAIT)
}

/** Each test once: it may have waited for several that were started in one place. */
export function mergedTests(tests: readonly WaitTest[]): WaitTest[] {
  const merged = new Map<string, WaitTest>()
  for (const test of tests) {
    const key = `${test.file}\0${test.project}\0${test.index}`
    const totalMs = Math.round(((merged.get(key)?.totalMs ?? 0) + test.totalMs) * 1000) / 1000
    merged.set(key, { ...test, totalMs })
  }
  return [...merged.values()]
}

export function unexplainedMs(waits: readonly WaitReport[]): number {
  const rows = waits.filter(({ kind }) => [UNEXPLAINED, NOT_RECORDED, PAUSED].includes(kind))
  return Math.round(rows.reduce((sum, { totalMs }) => sum + totalMs, 0) * 1000) / 1000
}

export function buildLeaks(files: readonly FileRecord[], naming: Naming): LeakReport[] {
  return files
    .flatMap(file => (file.recording?.leaks ?? []).map(leak => leakReport(leak, file, naming)))
    .toSorted(
      byDescending<LeakReport>(
        ({ cpuMs }) => cpuMs,
        ({ test, kind, stack }) => JSON.stringify([test.file, test.project, test.index, kind, stack]),
      ),
    )
}

function waitReport(waited: WaitSum, file: FileRecord, naming: Naming): WaitReport {
  const { kind, blocking, count, total } = waited
  const tests = [...waited.tests].map(([index, micros]) => ({
    ...testReference(index, file, naming),
    totalMs: toMs(micros),
  }))
  return { kind, blocking, stack: callReports(waited.stack, naming), count, totalMs: toMs(total), tests }
}

function leakReport(
  { kind, stack, test, during, count, cpu }: Leak,
  file: FileRecord,
  naming: Naming,
): LeakReport {
  return {
    kind,
    stack: callReports(stack, naming),
    test: testReference(test, file, naming),
    count,
    cpuMs: toMs(cpu),
    during: during.toSorted((a, b) => a - b).map(index => testReference(index, file, naming)),
  }
}

function callReports(stack: readonly Call[], { toRelative }: Naming): CallReport[] {
  return stack.map(({ frame, line, column }) => ({
    function: frame.name,
    file: toRelative(frame.file),
    line,
    column,
  }))
}

function testReference(index: number, file: FileRecord, { names, toRelative }: Naming) {
  const { path, project } = file
  return { file: toRelative(path), project, index, fullName: names.full(file, index) }
}

const longestFirst = byDescending<WaitTest>(
  ({ totalMs }) => totalMs,
  ({ file, project, index }) => `${file}\0${project}\0${String(index).padStart(9, '0')}`,
)
