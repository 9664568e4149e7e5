// The wall time of the whole command: before the first test file, its test files, and after the last one.

import type { CommandTimes, FileRecord } from '../record/run-record.js'
import type { CommandReport } from '../report.js'
import { roundMs } from '../rounding.js'

/** Null without test files, because nothing divides the time before from the time after. */
export function buildCommandReport(
  times: CommandTimes | undefined,
  files: readonly FileRecord[],
): CommandReport | null {
  const spans = files.map(spanOf).filter(({ start }) => start > 0)
  if (times === undefined || spans.length === 0) return null
  const start = spans.reduce((first, span) => Math.min(first, span.start), Number.POSITIVE_INFINITY)
  const end = spans.reduce((last, span) => Math.max(last, span.end), start)
  const { startedAtMs, endedAtMs, fileMapMs, findTestsMs, globalSetupMs, reporters, ...after } = times
  const reportersMs = reporters.reduce((sum, { wallMs }) => sum + wallMs, 0)
  // The wall clock may be set back meanwhile: then a span has no time.
  const between = (from: number, to: number) => roundMs(Math.max(0, to - from))
  const startUp = { wallMs: between(startedAtMs, start), fileMapMs, findTestsMs, globalSetupMs }
  const running = { wallMs: between(Math.max(start, startedAtMs), end) }
  const { coverageMs, profilerMs, globalTeardownMs, exitMs } = after
  const afterwards = {
    wallMs: between(end, endedAtMs),
    coverageMs,
    reportersMs: roundMs(reportersMs),
    reporters: reporters.map(entry => ({ ...entry })),
    profilerMs,
    globalTeardownMs,
    exitMs,
  }
  const wallMs = roundMs(startUp.wallMs + running.wallMs + afterwards.wallMs)
  return { wallMs, startUp, running, after: afterwards }
}

/** Milliseconds since the epoch. */
function spanOf({ recording, startedAtMs, wallMs }: FileRecord): { start: number; end: number } {
  if (recording === undefined) return { start: startedAtMs, end: startedAtMs + wallMs }
  const { header } = recording
  return { start: header.startedAtMs, end: header.startedAtMs + header.wallMicros / 1000 }
}
