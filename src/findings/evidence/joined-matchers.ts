// Rows of one matcher: V8 inlines its function in some samples, whose stack then does not name it, but the caller's source may.

import { group, max, sum } from 'd3-array'
import { UNNAMED_MATCHER } from '../../jest/called-frames.js'
import { getOrMake } from '../../profile/columns.js'
import type { CallingTest, CallRow } from '../../report/code-reports.js'
import { roundMs } from '../../report/rounding.js'

/** The same calls, the most expensive first; one row for each matcher that a function calls. */
export function withJoinedMatchers(calls: readonly CallRow[]): CallRow[] {
  if (!calls.some(({ callee }) => callee.function === UNNAMED_MATCHER)) return [...calls]
  const rows = [...group(calls, keyOf).values()].map(rowsOfOne => joined(rowsOfOne))
  return rows.toSorted((a, b) => b.totalMs - a.totalMs)
}

function keyOf(call: CallRow): CallRow | string {
  const { caller, callee, kind } = call
  if (kind !== 'matcher') return call
  const [written = callee.function, ...others] = callee.writtenAs
  const name = callee.function === UNNAMED_MATCHER && others.length === 0 ? written : callee.function
  return [caller.file, caller.line, caller.column, callee.package, name].join('\0')
}

function joined(rows: readonly CallRow[]): CallRow {
  const [first] = rows
  if (first === undefined) throw new TypeError('no row')
  if (rows.length === 1) return first
  const tests = testsOf(rows)
  return {
    ...first,
    caller: {
      ...first.caller,
      lines: rows.find(({ caller }) => caller.lines.length > 0)?.caller.lines ?? [],
    },
    callee: rows.find(({ callee }) => callee.function !== UNNAMED_MATCHER)?.callee ?? first.callee,
    totalMs: roundMs(sum(rows, ({ totalMs }) => totalMs)),
    selfMs: roundMs(sum(rows, ({ selfMs }) => selfMs)),
    sampleCount: sum(rows, ({ sampleCount }) => sampleCount),
    testCount: Math.max(tests.length, max(rows, ({ testCount }) => testCount) ?? 0),
    tests,
  }
}

function testsOf(rows: readonly CallRow[]): CallingTest[] {
  const known = new Map<string, CallingTest>()
  for (const test of rows.flatMap(({ tests }) => tests)) {
    const sumOf = getOrMake(known, [test.project, test.file, test.index].join('\0'), () => {
      return { ...test, totalMs: 0 }
    })
    sumOf.totalMs += test.totalMs
  }
  for (const test of known.values()) test.totalMs = roundMs(test.totalMs)
  return [...known.values()].toSorted((a, b) => b.totalMs - a.totalMs)
}
