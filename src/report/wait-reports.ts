// The report's waits and leaks: each kind and stack once, however many tests and files it was seen in.

import type { Leak } from '../account/leaks.js'
import { type Call, NOT_RECORDED, UNEXPLAINED, type WaitSum } from '../account/wait-sums.js'
import type { CallReport, LeakReport, WaitReport, WaitTest } from './account-reports.js'
import type { FileReport } from './file-report.js'
import { byDescending, type ToRelative, toMs } from './function-report.js'
import type { FileRecord } from './run-record.js'

/** Tests shown for one wait. */
const TESTS_OF_A_WAIT = 10

interface Joined {
  file: FileReport
  record: FileRecord
}

/** `files` and `records` in the same order. */
export function buildWaits(
  files: readonly FileReport[],
  records: readonly FileRecord[],
  toRelative: ToRelative,
): WaitReport[] {
  const intervals = records.map(({ recording }) => recording?.header.samplingIntervalMicros ?? 0)
  const intervalMs = toMs(Math.max(0, ...intervals))
  const rows = new Map<string, WaitReport>()
  for (const { file, record } of join(files, records)) {
    for (const waited of record.recording?.waits ?? []) {
      const row = waitReport(waited, file, toRelative)
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
  const rows = waits.filter(({ kind }) => kind === UNEXPLAINED || kind === NOT_RECORDED)
  return Math.round(rows.reduce((sum, { totalMs }) => sum + totalMs, 0) * 1000) / 1000
}

export function buildLeaks(
  files: readonly FileReport[],
  records: readonly FileRecord[],
  toRelative: ToRelative,
): LeakReport[] {
  return join(files, records)
    .flatMap(({ file, record }) =>
      (record.recording?.leaks ?? []).map(leak => leakReport(leak, file, toRelative)),
    )
    .toSorted(
      byDescending<LeakReport>(
        ({ cpuMs }) => cpuMs,
        ({ test, kind, stack }) => JSON.stringify([test.file, test.project, test.index, kind, stack]),
      ),
    )
}

function join(files: readonly FileReport[], records: readonly FileRecord[]): Joined[] {
  return records.flatMap((record, index) => {
    const file = files[index]
    return file === undefined ? [] : [{ file, record }]
  })
}

function waitReport(waited: WaitSum, file: FileReport, toRelative: ToRelative): WaitReport {
  const { kind, blocking, count, total } = waited
  const tests = [...waited.tests].map(([index, micros]) => ({
    ...testReference(index, file),
    totalMs: toMs(micros),
  }))
  return { kind, blocking, stack: callReports(waited.stack, toRelative), count, totalMs: toMs(total), tests }
}

function leakReport(
  { kind, stack, test, during, count, cpu }: Leak,
  file: FileReport,
  toRelative: ToRelative,
) {
  return {
    kind,
    stack: callReports(stack, toRelative),
    test: testReference(test, file),
    count,
    cpuMs: toMs(cpu),
    during: during.toSorted((a, b) => a - b).map(index => testReference(index, file)),
  }
}

function callReports(stack: readonly Call[], toRelative: ToRelative): CallReport[] {
  return stack.map(({ frame, line, column }) => ({
    function: frame.name,
    file: toRelative(frame.file),
    line,
    column,
  }))
}

function testReference(index: number, { path, project, tests }: FileReport) {
  const fullName = tests.find(test => test.index === index)?.fullName ?? `test ${index}`
  return { file: path, project, index, fullName }
}

const longestFirst = byDescending<WaitTest>(
  ({ totalMs }) => totalMs,
  ({ file, project, index }) => `${file}\0${project}\0${String(index).padStart(9, '0')}`,
)
