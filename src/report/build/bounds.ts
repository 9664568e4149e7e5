// Bounds the report of a huge suite: the most expensive rows are kept, and `truncated` tells how many were cut.

import { byDescending } from '../../profile/order.js'
import { fileKey } from '../../profile/paths.js'
import { hasRun } from '../../recording/enums.js'
import type { FileRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import type { Report, Truncation } from '../report.js'
import { toMs } from '../rounding.js'
import { listTests, type TestAttempt } from './listed-tests.js'

/** The most rows of each table. With all of them, a report has some 20 MB. */
const MOST = {
  files: 5000,
  tests: 20_000,
  calls: 1000,
  lines: 1000,
  packages: 500,
  imports: 1000,
  hooks: 1000,
  waits: 1000,
  leaks: 500,
  openHandles: 500,
  timeLimits: 500,
  missing: 1000,
}

/** `totals`: the number of rows before tables were limited elsewhere. */
export function limitRows(report: Report, totals: Record<'hotspots' | 'files' | 'tests', number>): Report {
  const truncated: Truncation[] = []
  const note = (table: string, kept: number, total: number) => {
    if (kept < total) truncated.push({ table, kept, total })
  }
  note('files', report.files.length, totals.files)
  note('tests', report.files.flatMap(({ tests }) => tests).length, totals.tests)
  const tables = CUT_HERE.map(table => {
    note(table, Math.min(report[table].length, MOST[table]), report[table].length)
    return [table, report[table].slice(0, MOST[table])]
  })
  note('hotspots', report.hotspots.length, totals.hotspots)
  return { ...report, ...Object.fromEntries(tables), truncated }
}

/** Other tables are already built within their limits. */
const CUT_HERE = [
  'calls',
  'lines',
  'packages',
  'imports',
  'hooks',
  'waits',
  'leaks',
  'openHandles',
  'timeLimits',
  'missing',
] as const

/** The slowest files and tests, which are the only ones that reports are built for. */
export interface ReportedFiles {
  /** The slowest first. */
  readonly files: readonly FileRecord[]
  /** The reported tests of a reported file. */
  readonly testsOf: (file: FileRecord) => readonly TestAttempt[]
  /** Number of tests of the whole run, without further attempts. */
  readonly tests: number
  /** Number of those that were not skipped. */
  readonly testsRun: number
  /** Attempts at tests of reported files, and how many of them are reported. */
  readonly attempts: { readonly kept: number; readonly total: number }
}

export function selectReportedFiles(all: readonly FileRecord[], toRelative: ToRelative): ReportedFiles {
  const files = all
    .toSorted(byDescending(fileOwnMs, ({ path, project }) => fileKey({ file: toRelative(path), project })))
    .slice(0, MOST.files)
  const isKept = new Set(files)
  const tests = new Map<FileRecord, TestAttempt[]>()
  let [count, ran] = [0, 0]
  for (const file of all) {
    const listed = listTests(file)
    count += new Set(listed.map(({ index }) => index)).size
    ran += new Set(listed.flatMap(({ index, source }) => (hasRun(source) ? index : []))).size
    if (isKept.has(file)) tests.set(file, listed)
  }
  const attempts = files.flatMap(file => tests.get(file) ?? [])
  const slowest = new Set(attempts.toSorted((a, b) => testOwnMs(b) - testOwnMs(a)).slice(0, MOST.tests))
  return {
    files,
    testsOf: file => tests.get(file)?.filter(test => slowest.has(test)) ?? [],
    tests: count,
    testsRun: ran,
    attempts: { kept: slowest.size, total: attempts.length },
  }
}

function testOwnMs({ wallMs, source }: TestAttempt): number {
  const ready = 'times' in source ? (source.times?.ready ?? 0) : 0
  return wallMs - toMs(ready)
}

function fileOwnMs({ recording, wallMs }: FileRecord): number {
  if (recording === undefined) return wallMs
  const { wall, ready = 0 } = recording.times.whole
  return toMs(wall - ready)
}
