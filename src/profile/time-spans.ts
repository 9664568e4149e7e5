// Spans of time: each has its start, and ends right before its end. Microseconds since a recording or a run began.

import { at, firstWhere } from './columns.js'
import type { Microseconds } from './profile.js'

export interface TimeSpan {
  readonly start: Microseconds
  readonly end: Microseconds
}

/** A timestamp as it is, or moved to the nearer boundary of a span that it lies outside of. */
export function clampTo({ start, end }: TimeSpan, timestamp: Microseconds): Microseconds {
  return Math.min(Math.max(timestamp, start), end)
}

/** What two spans have in common; undefined: at most a boundary. */
export function commonSpan(one: TimeSpan, other: TimeSpan): TimeSpan | undefined {
  const start = Math.max(one.start, other.start)
  const end = Math.min(one.end, other.end)
  return start < end ? { start, end } : undefined
}

/** Those of the others that have more than a boundary in common with a span. They must be in order, without overlap. */
export function overlapping<Other extends TimeSpan>(span: TimeSpan, others: readonly Other[]): Other[] {
  const first = firstWhere(others.length, index => at(others, index).end > span.start)
  const end = firstWhere(others.length, index => at(others, index).start >= span.end)
  return others.slice(first, end)
}

/** The parts of a span that none of the others covers. They must be in order, without overlap. */
export function subtract(span: TimeSpan, others: readonly TimeSpan[]): TimeSpan[] {
  const parts: TimeSpan[] = []
  let { start } = span
  for (const other of overlapping(span, others)) {
    if (other.start > start) parts.push({ start, end: other.start })
    start = other.end
  }
  return start < span.end ? [...parts, { start, end: span.end }] : parts
}

/** Finds the span that a timestamp lies in. Spans must be in order, and timestamps be asked for in ascending order. */
export function spanCursor<Span extends TimeSpan>(
  spans: readonly Span[],
): (timestamp: Microseconds) => Span | undefined {
  let next = 0
  return timestamp => {
    while (next < spans.length && at(spans, next).end <= timestamp) next++
    const current = spans[next]
    return current !== undefined && current.start <= timestamp ? current : undefined
  }
}
