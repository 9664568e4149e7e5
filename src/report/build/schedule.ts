// The schedule: what each worker did, the file that ended last, the ideal balance; and the wall time of the whole command.

import { greatest, group, max, mean, min, pairs, sum } from 'd3-array'
import type { CommandTimes, FileRecord } from '../record/run-record.js'
import type { BetweenFiles, CommandReport, RunReport, ScheduleReport, WorkerReport } from '../report.js'
import { roundMs } from '../rounding.js'
import { findMachine } from '../views/machines.js'
import type { FileTotals } from './phase-reports.js'
import { sumTimes } from './phase-reports.js'

type Scheduled = FileTotals & { worker: number }

export function buildSchedule(
  files: readonly FileTotals[],
  run: Pick<RunReport, 'mergedFrom'>,
): ScheduleReport {
  const recorded = files.filter((file): file is Scheduled => file.worker !== null)
  const numbers = [...new Set(recorded.map(({ worker }) => worker))].toSorted((a, b) => a - b)
  const filesOf = (worker: number) => recorded.filter(file => file.worker === worker)
  const workers = numbers.map(worker =>
    workerReport({ worker, machine: findMachine(worker, run) }, filesOf(worker)),
  )
  const critical = greatest(recorded, endOf)
  const longest = max(recorded, file => file.wallMs) ?? 0
  const machines = [...new Set(workers.map(({ machine }) => machine))]
  const endsOf = (number: number) =>
    mean(
      workers.filter(({ machine }) => machine === number),
      ({ endedAtMs }) => endedAtMs,
    ) ?? 0
  const { path = '', project = '', startedAtMs = 0, wallMs = 0 } = critical ?? {}
  return {
    workers,
    criticalFile: critical === undefined ? null : { path, project, startedAtMs, wallMs },
    balancedWallMs: roundMs(Math.max(longest, ...machines.map(endsOf))),
  }
}

function workerReport(place: Pick<WorkerReport, 'worker' | 'machine'>, files: readonly FileTotals[]) {
  const { wallMs: busyMs, cpuMs, readyMs, blockedMs } = sumTimes(files)
  return {
    ...place,
    files: files.length,
    startedAtMs: Math.min(...files.map(({ startedAtMs }) => startedAtMs)),
    endedAtMs: roundMs(Math.max(...files.map(endOf))),
    busyMs,
    cpuMs,
    readyMs,
    blockedMs,
  }
}

function endOf({ startedAtMs, wallMs }: FileTotals): number {
  return startedAtMs + wallMs
}

/**
 * The time of workers between two test files: Jest sends them the next file, or restarts their process if it uses too
 * much memory or has crashed.
 */
export function sumTimeBetweenFiles(files: readonly FileRecord[]): BetweenFiles {
  const unrecorded = files.filter(({ recording }) => recording === undefined)
  const headers = files.flatMap(({ recording }) => recording?.header ?? [])
  let [wall, restarts, restartWall] = [0, 0, 0]
  for (const ofWorker of group(headers, ({ worker }) => worker).values()) {
    const inTurn = ofWorker.toSorted((a, b) => a.startedAtMs - b.startedAtMs)
    for (const [before, header] of pairs(inTurn)) {
      const ended = before.startedAtMs + before.wallMicros / 1000
      // The worker of a file that was not recorded is unknown, and may be this one.
      const isIdle = !unrecorded.some(
        ({ startedAtMs, wallMs }) => startedAtMs < header.startedAtMs && startedAtMs + wallMs > ended,
      )
      const gap = isIdle ? Math.max(0, header.startedAtMs - ended) : 0
      wall += gap
      if (header.processId === before.processId && header.threadId === before.threadId) continue
      restarts++
      restartWall += gap
    }
  }
  return { wallMs: roundMs(wall), restarts, restartMs: roundMs(restartWall) }
}

/** Null without test files, because they divide the time before from the time after. */
export function buildCommandReport(
  times: CommandTimes | undefined,
  files: readonly FileRecord[],
): CommandReport | null {
  const spans = files.map(spanOf).filter(({ start }) => start > 0)
  if (times === undefined || spans.length === 0) return null
  const start = min(spans, span => span.start) ?? 0
  const end = max(spans, span => span.end) ?? start
  const { startedAtMs, endedAtMs, fileMapMs, findTestsMs, globalSetupMs, ...others } = times
  // Not negative: the wall clock may have been set back.
  const between = (from: number, to: number) => roundMs(Math.max(0, to - from))
  const startUp = { wallMs: between(startedAtMs, start), fileMapMs, findTestsMs, globalSetupMs }
  const running = { wallMs: between(Math.max(start, startedAtMs), end) }
  const { coverageMs, profilerMs, globalTeardownMs, exitMs } = others
  const after = {
    wallMs: between(end, endedAtMs),
    coverageMs,
    reportersMs: roundMs(sum(others.reporters, ({ wallMs }) => wallMs)),
    reporters: others.reporters.map(({ runningMs = 0, ...times }) => ({ ...times, runningMs })),
    profilerMs,
    globalTeardownMs,
    exitMs,
  }
  return { wallMs: roundMs(startUp.wallMs + running.wallMs + after.wallMs), startUp, running, after }
}

/** Milliseconds since the epoch. */
function spanOf({ recording, startedAtMs, wallMs }: FileRecord): { start: number; end: number } {
  if (recording === undefined) return { start: startedAtMs, end: startedAtMs + wallMs }
  const { header } = recording
  return { start: header.startedAtMs, end: header.startedAtMs + header.wallMicros / 1000 }
}
