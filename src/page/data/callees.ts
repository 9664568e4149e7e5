// One function that own code calls, with all of its callers together.

import { sum } from 'd3-array'
import type { CallRow } from '../../report/code-reports.js'
import type { Report } from '../../report/report.js'
import { calleeKey } from '../../report/views/called-code.js'
import type { CallTarget } from '../../tables/cell.js'

export interface CalledFunction {
  /** The most expensive first. */
  readonly calls: readonly CallRow[]
  readonly totalMs: number
  readonly selfMs: number
  readonly tests: readonly CalledInTest[]
}

export interface CalledInTest {
  readonly test: CallRow['tests'][number]
  /** At least: of a caller, the report has only the tests with most of its time. */
  readonly totalMs: number
}

/** Undefined if own code does not call it, or its calls were cut from the report. */
export function calledFunction(
  { calls: all }: Pick<Report, 'calls'>,
  target: CallTarget,
): CalledFunction | undefined {
  const key = calleeKey({ kind: target.kind, callee: { ...NO_CALLEE, ...target } })
  const calls = all.filter(call => calleeKey(call) === key)
  if (calls.length === 0) return undefined
  const byTest = new Map<string, { test: CallRow['tests'][number]; totalMs: number }>()
  for (const { tests } of calls)
    for (const test of tests) {
      const id = [test.project, test.file, test.index, test.group?.join() ?? ''].join('\0')
      const known = byTest.get(id) ?? { test, totalMs: 0 }
      byTest.set(id, known)
      known.totalMs += test.totalMs
    }
  return {
    calls: calls.toSorted((a, b) => b.totalMs - a.totalMs),
    totalMs: sum(calls, ({ totalMs }) => totalMs),
    selfMs: sum(calls, ({ selfMs }) => selfMs),
    tests: [...byTest.values()].toSorted((a, b) => b.totalMs - a.totalMs),
  }
}

const NO_CALLEE: Omit<CallRow['callee'], 'package' | 'function'> = { writtenAs: [], category: 'program' }
