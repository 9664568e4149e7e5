// Whose time it is at each moment of a recording: a test's, a concurrent group's, or the file's own.

import type { TestSpan } from '../collect/recording.js'
import type { Microseconds } from '../profile/profile.js'

export interface ConcurrentGroup {
  start: Microseconds
  end: Microseconds
  /** Positions of its tests in the file, ascending. */
  tests: number[]
}

/** `owner` is undefined for the file's own time. Segments are in order and do not overlap. */
export interface Segment {
  start: Microseconds
  end: Microseconds
  owner: { test: number; attempt: number } | { group: number }
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
  for (const group of groups) {
    const overtaken = tests
      .filter(test => !test.concurrent && overlaps(test, group))
      .map(({ index }) => index)
    group.tests = [...new Set([...group.tests, ...overtaken])].toSorted((a, b) => a - b)
  }
  return groups
}

/** Whether a test shared its thread with concurrent ones, so that its CPU time is not its own. */
export function sharesThread(test: TestSpan, groups: readonly ConcurrentGroup[]): boolean {
  return test.concurrent || groups.some(group => overlaps(test, group))
}

export function testTimeline(tests: readonly TestSpan[], groups: readonly ConcurrentGroup[]): Segment[] {
  const grouped = groups.map(({ start, end }, group): Segment => ({ start, end, owner: { group } }))
  const alone = tests
    .filter(test => !test.concurrent && test.end > test.start)
    .flatMap(({ start, end, index, attempt }) =>
      subtract({ start, end }, groups).map(part => ({ ...part, owner: { test: index, attempt } })),
    )
  return [...grouped, ...alone].toSorted((a, b) => a.start - b.start)
}

interface Window {
  start: Microseconds
  end: Microseconds
}

function overlaps(a: Window, b: Window): boolean {
  return a.start < b.end && b.start < a.end
}

/** The parts of a window that none of the others covers; these are in order and do not overlap. */
function subtract(window: Window, others: readonly Window[]): Window[] {
  const parts: Window[] = []
  let { start } = window
  for (const other of others) {
    if (!overlaps(other, { start, end: window.end })) continue
    if (other.start > start) parts.push({ start, end: other.start })
    start = other.end
  }
  return start < window.end ? [...parts, { start, end: window.end }] : parts
}
