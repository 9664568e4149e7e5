// Spans of time, with an inclusive start and an exclusive end, in microseconds since a recording or a run began.

import { at, firstWhere } from './columns.js'
import type { Microseconds } from './profile.js'

export interface TimeSpan {
  readonly start: Microseconds
  readonly end: Microseconds
}

/** Returns the timestamp within the span that is nearest to a timestamp. */
export function clampTo({ start, end }: TimeSpan, timestamp: Microseconds): Microseconds {
  return Math.min(Math.max(timestamp, start), end)
}

/** Returns the intersection of two spans; undefined if it is empty. */
export function commonSpan(one: TimeSpan, other: TimeSpan): TimeSpan | undefined {
  const start = Math.max(one.start, other.start)
  const end = Math.min(one.end, other.end)
  return start < end ? { start, end } : undefined
}

/** Returns the spans that intersect a span. They must be in order, without overlap. */
export function overlapping<Other extends TimeSpan>(span: TimeSpan, others: readonly Other[]): Other[] {
  const first = firstWhere(others.length, index => at(others, index).end > span.start)
  const end = firstWhere(others.length, index => at(others, index).start >= span.end)
  return others.slice(first, end)
}

/** Returns the parts of a span that no other span covers. The others must be in order, without overlap. */
export function subtract(span: TimeSpan, others: readonly TimeSpan[]): TimeSpan[] {
  const parts: TimeSpan[] = []
  let { start } = span
  for (const other of overlapping(span, others)) {
    if (other.start > start) parts.push({ start, end: other.start })
    start = other.end
  }
  return start < span.end ? [...parts, { start, end: span.end }] : parts
}

/** Returns a function that finds the span of a timestamp. Spans must be in order, and timestamps ascending from call to call. */
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
