// Which files and tests a report has room for: the slowest of each. Of a huge suite's others nothing is made that would
// only be cut off again.

import { MOST } from './bounds.js'
import { type ListedTest, listedTests } from './listed-tests.js'
import type { FileRecord } from '../record/run-record.js'
import { toMs } from '../rounding.js'
import type { ToRelative } from '../relative-path.js'
import { byDescending } from '../../profile/order.js'

export interface Room {
  /** Those that are kept, the slowest first. */
  readonly files: readonly FileRecord[]
  /** Those of a kept file that are. */
  readonly testsOf: (file: FileRecord) => readonly ListedTest[]
  /** All of the run; attempts at a test count once. */
  readonly tests: number
  /** Of these, the ones that were not skipped. */
  readonly testsRun: number
  /** Attempts at tests of kept files, and how many of them are kept themselves. */
  readonly attempts: { readonly kept: number; readonly total: number }
}

export function roomFor(all: readonly FileRecord[], toRelative: ToRelative): Room {
  const files = all
    .toSorted(byDescending(fileOwnMs, ({ path, project }) => `${toRelative(path)}\0${project}`))
    .slice(0, MOST.files)
  const isKept = new Set(files)
  const tests = new Map<FileRecord, ListedTest[]>()
  let [count, ran] = [0, 0]
  for (const file of all) {
    const listed = listedTests(file)
    count += new Set(listed.map(({ index }) => index)).size
    ran += new Set(listed.filter(hasRun).map(({ index }) => index)).size
    if (isKept.has(file)) tests.set(file, listed)
  }
  const attempts = files.flatMap(file => tests.get(file) ?? [])
  const slowest = slowestOf(attempts)
  return {
    files,
    testsOf: file => tests.get(file)?.filter(test => slowest.has(test)) ?? [],
    tests: count,
    testsRun: ran,
    attempts: { kept: slowest.size, total: attempts.length },
  }
}

function hasRun({ source }: ListedTest): boolean {
  return source.status !== 'skipped' && source.status !== 'todo'
}

function slowestOf(attempts: readonly ListedTest[]): ReadonlySet<ListedTest> {
  if (attempts.length <= MOST.tests) return new Set(attempts)
  return new Set(attempts.toSorted((a, b) => testOwnMs(b) - testOwnMs(a)).slice(0, MOST.tests))
}

function testOwnMs({ wallMs, source }: ListedTest): number {
  const ready = 'times' in source ? (source.times?.ready ?? 0) : 0
  return wallMs - toMs(ready)
}

function fileOwnMs({ recording, wallMs }: FileRecord): number {
  if (recording === undefined) return wallMs
  const { wall, ready = 0 } = recording.times.whole
  return toMs(wall - ready)
}
