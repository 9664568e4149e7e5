// Which test, or group of concurrent tests, the thread belonged to.

import { at, firstWhere } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { TestSpan } from '../recording/recording.js'

export interface ConcurrentGroup {
  start: Microseconds
  end: Microseconds
  /** Positions of its tests in the file, ascending. */
  tests: number[]
}

/** A test in its group: the one that the thread worked for. A group alone: it cannot be told for which. */
export interface Owner {
  /** Position of the test in its file. */
  test: number | undefined
  /** 0 where the test is not known. */
  attempt: number
  group: number | undefined
}

interface OwnedSegment {
  start: Microseconds
  end: Microseconds
  owner: Owner
}

/**
 * Tests that ran at the same time as a concurrent one form a group with it: they share the thread, and what ran on
 * it cannot be told apart by time.
 */
export function concurrentGroups(tests: readonly TestSpan[]): ConcurrentGroup[] {
  const groups: ConcurrentGroup[] = []
  const concurrent = tests.filter(test => test.concurrent && test.end > test.start)
  for (const { start, end, index } of concurrent.toSorted((a, b) => a.start - b.start || a.index - b.index)) {
    const last = groups.at(-1)
    if (last !== undefined && start < last.end) {
      last.end = Math.max(last.end, end)
      last.tests.push(index)
    } else groups.push({ start, end, tests: [index] })
  }
  for (const test of tests) {
    if (test.concurrent) continue
    for (const overtaking of overlapping(test, groups)) overtaking.tests.push(test.index)
  }
  for (const group of groups) group.tests = [...new Set(group.tests)].toSorted((a, b) => a - b)
  return groups
}

/** Whether a test shared its thread with concurrent ones, so that its CPU time is not its own. */
export function sharesThread(test: TestSpan, groups: readonly ConcurrentGroup[]): boolean {
  return test.concurrent || overlapping(test, groups).length > 0
}

/**
 * In order and without overlap. `contexts`, columns of what the thread turned to when (positions in `tests`), tell the
 * tests of a group apart.
 */
export function ownedSegments(
  tests: readonly TestSpan[],
  groups: readonly ConcurrentGroup[],
  contexts?: { time: readonly number[]; test: readonly number[] },
): OwnedSegment[] {
  const grouped = groups.flatMap((window, group): OwnedSegment[] => {
    const nobody = { test: undefined, attempt: 0, group }
    if (contexts === undefined) return [{ start: window.start, end: window.end, owner: nobody }]
    return turns(window, contexts).flatMap(({ test, ...turn }) => {
      const span = tests[test]
      if (span === undefined) return [{ ...turn, owner: nobody }]
      // A turn may last beyond its test: the thread has turned to no other.
      const own = { start: Math.max(turn.start, span.start), end: Math.min(turn.end, span.end) }
      if (own.end <= own.start) return [{ ...turn, owner: nobody }]
      const others = subtract(turn, [own]).map(part => ({ ...part, owner: nobody }))
      return [{ ...own, owner: { test: span.index, attempt: span.attempt, group } }, ...others]
    })
  })
  const alone = tests
    .filter(test => !test.concurrent && test.end > test.start)
    .flatMap(({ start, end, index, attempt }) =>
      subtract({ start, end }, groups).map(part => ({
        ...part,
        owner: { test: index, attempt, group: undefined },
      })),
    )
  return [...grouped, ...alone].toSorted((a, b) => a.start - b.start)
}

/** The parts of a window in which the thread worked for one test each; -1: for none. */
function turns(
  { start, end }: Window,
  { time, test }: { time: readonly number[]; test: readonly number[] },
): (Window & { test: number })[] {
  const first = firstWhere(time.length, turn => at(time, turn) > start) - 1
  const parts: (Window & { test: number })[] = []
  for (let turn = first; turn < time.length; turn++) {
    const from = Math.max(start, time[turn] ?? start)
    const to = Math.min(end, time[turn + 1] ?? end)
    if (from >= end) break
    if (to > from) parts.push({ start: from, end: to, test: test[turn] ?? -1 })
  }
  return parts
}

interface Window {
  start: Microseconds
  end: Microseconds
}

/** Those windows that have more than a border in common with one; all of them are in order and do not overlap. */
export function overlapping<W extends Window>(window: Window, others: readonly W[]): W[] {
  const first = firstWhere(others.length, index => at(others, index).end > window.start)
  const end = firstWhere(others.length, index => at(others, index).start >= window.end)
  return others.slice(first, end)
}

/** The parts of a window that none of the others covers; these are in order and do not overlap. */
function subtract(window: Window, others: readonly Window[]): Window[] {
  const parts: Window[] = []
  let { start } = window
  for (const other of overlapping(window, others)) {
    if (other.start > start) parts.push({ start, end: other.start })
    start = other.end
  }
  return start < window.end ? [...parts, { start, end: window.end }] : parts
}
