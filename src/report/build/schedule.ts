// What each worker did when, which file decided how long the run was, and what a perfect balance would have been.

import type { FileTotals } from './file-totals.js'
import { machineOf } from '../views/machines.js'
import { cpuWithReady, sumIfKnown } from './phase-reports.js'
import type { RunReport, ScheduleReport, WorkerReport } from '../report.js'
import { roundMs } from '../rounding.js'

type Scheduled = FileTotals & { worker: number }

export function buildSchedule(
  files: readonly FileTotals[],
  run: Pick<RunReport, 'mergedFrom'>,
): ScheduleReport {
  const recorded = files.filter((file): file is Scheduled => file.worker !== null)
  const numbers = [...new Set(recorded.map(({ worker }) => worker))].toSorted((a, b) => a - b)
  const filesOf = (worker: number) => recorded.filter(file => file.worker === worker)
  const workers = numbers.map(worker =>
    workerReport({ worker, machine: machineOf(worker, run) }, filesOf(worker)),
  )
  const critical = recorded.toSorted((a, b) => endOf(b) - endOf(a))[0]
  const longest = Math.max(0, ...recorded.map(({ wallMs }) => wallMs))
  const machines = [...new Set(workers.map(({ machine }) => machine))]
  const even = machines.map(number => meanOf(workers.filter(({ machine }) => machine === number)))
  return {
    workers,
    criticalFile: critical === undefined ? null : pick(critical),
    balancedWallMs: roundMs(Math.max(longest, ...even)),
  }
}

function meanOf(workers: readonly WorkerReport[]): number {
  return workers.reduce((sum, { endedAtMs }) => sum + endedAtMs, 0) / workers.length
}

function workerReport(
  place: Pick<WorkerReport, 'worker' | 'machine'>,
  files: readonly FileTotals[],
): WorkerReport {
  const sum = (amountOf: (file: FileTotals) => number) =>
    roundMs(files.reduce((total, file) => total + amountOf(file), 0))
  const readyMs = sumIfKnown(files.map(file => file.readyMs))
  return {
    ...place,
    files: files.length,
    startedAtMs: Math.min(...files.map(({ startedAtMs }) => startedAtMs)),
    endedAtMs: roundMs(Math.max(...files.map(endOf))),
    busyMs: sum(({ wallMs }) => wallMs),
    cpuMs: readyMs === null ? cpuWithReady(files) : sum(({ cpuMs }) => cpuMs ?? 0),
    readyMs,
    blockedMs: sum(({ blockedMs }) => blockedMs ?? 0),
  }
}

function endOf({ startedAtMs, wallMs }: FileTotals): number {
  return startedAtMs + wallMs
}

function pick({ path, project, startedAtMs, wallMs }: FileTotals) {
  return { path, project, startedAtMs, wallMs }
}
