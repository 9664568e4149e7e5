// What each worker did when, which file decided how long the run was, and what a perfect balance would have been.

import type { FileSummary } from './file-summaries.js'
import type { ScheduleReport, WorkerReport } from './report.js'

type Scheduled = FileSummary & { worker: number }

export function buildSchedule(files: readonly FileSummary[]): ScheduleReport {
  const recorded = files.filter((file): file is Scheduled => file.worker !== null)
  const numbers = [...new Set(recorded.map(({ worker }) => worker))].toSorted((a, b) => a - b)
  const workers = numbers.map(worker =>
    workerReport(
      worker,
      recorded.filter(file => file.worker === worker),
    ),
  )
  const critical = recorded.toSorted((a, b) => endOf(b) - endOf(a))[0]
  const busy = workers.reduce((sum, { busyMs }) => sum + busyMs, 0)
  const longest = Math.max(0, ...recorded.map(({ wallMs }) => wallMs))
  return {
    workers,
    criticalFile: critical === undefined ? null : pick(critical),
    balancedWallMs: round(Math.max(longest, workers.length === 0 ? 0 : busy / workers.length)),
  }
}

function workerReport(worker: number, files: readonly FileSummary[]): WorkerReport {
  const sum = (amountOf: (file: FileSummary) => number) =>
    round(files.reduce((total, file) => total + amountOf(file), 0))
  return {
    worker,
    files: files.length,
    startedAtMs: Math.min(...files.map(({ startedAtMs }) => startedAtMs)),
    endedAtMs: round(Math.max(...files.map(endOf))),
    busyMs: sum(({ wallMs }) => wallMs),
    cpuMs: sum(({ cpuMs }) => cpuMs ?? 0),
  }
}

function endOf({ startedAtMs, wallMs }: FileSummary): number {
  return startedAtMs + wallMs
}

function pick({ path, project, startedAtMs, wallMs }: FileSummary) {
  return { path, project, startedAtMs, wallMs }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
