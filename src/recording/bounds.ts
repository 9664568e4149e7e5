// Ranges of numbers in recordings. Times are in microseconds since the recording began.

import { issue, type ValidationIssue, within } from '../schema/issues.js'

/** 115 days: no test file takes longer. */
export const LONGEST = 1e13
/** Milliseconds since the epoch: in 3000 years. */
export const LATEST = 1e14
export const MOST = Number.MAX_SAFE_INTEGER
/** Tests of one file; some tables are as long as the highest position. */
export const MOST_TESTS = 1_000_000

export const timestamp = { from: -LONGEST, to: LONGEST } as const
export const duration = { from: 0, to: LONGEST } as const
export const ascending = { ...timestamp, isAscending: true } as const

/** The end of loads of ES modules. */
export const NO_END = -1

/** Finds a row that ends before it starts; NO_END is allowed. */
export function findEndBeforeStart(spans: Record<'start' | 'end', number[]>): ValidationIssue | undefined {
  const { start, end } = spans
  const row = end.findIndex((ended, row) => ended !== NO_END && ended < (start[row] ?? 0))
  if (row < 0) return undefined
  return within('end', within(row, issue(end[row], `at or after its start, ${start[row]}`)))
}
