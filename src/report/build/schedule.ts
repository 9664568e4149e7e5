// What each worker did when, between test files too, which file decided how long the run was, and what a perfect balance would be.

import { greatest, group, mean, pairs, sum } from 'd3-array'
import type { FileRecord } from '../record/run-record.js'
import type { BetweenFiles, RunReport, ScheduleReport, WorkerReport } from '../report.js'
import { roundMs, sumIfKnown } from '../rounding.js'
import { findMachine } from '../views/machines.js'
import type { FileTotals } from './file-totals.js'
import { cpuWithReady } from './phase-reports.js'

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
  const longest = Math.max(0, ...recorded.map(({ wallMs }) => wallMs))
  const machines = [...new Set(workers.map(({ machine }) => machine))]
  const endsOf = (number: number) =>
    mean(
      workers.filter(({ machine }) => machine === number),
      ({ endedAtMs }) => endedAtMs,
    ) ?? 0
  return {
    workers,
    criticalFile: critical === undefined ? null : pick(critical),
    balancedWallMs: roundMs(Math.max(longest, ...machines.map(endsOf))),
  }
}

function workerReport(
  place: Pick<WorkerReport, 'worker' | 'machine'>,
  files: readonly FileTotals[],
): WorkerReport {
  const readyMs = sumIfKnown(files.map(file => file.readyMs))
  return {
    ...place,
    files: files.length,
    startedAtMs: Math.min(...files.map(({ startedAtMs }) => startedAtMs)),
    endedAtMs: roundMs(Math.max(...files.map(endOf))),
    busyMs: roundMs(sum(files, ({ wallMs }) => wallMs)),
    cpuMs: readyMs === null ? cpuWithReady(files) : roundMs(sum(files, ({ cpuMs }) => cpuMs)),
    readyMs,
    blockedMs: roundMs(sum(files, ({ blockedMs }) => blockedMs)),
  }
}

function endOf({ startedAtMs, wallMs }: FileTotals): number {
  return startedAtMs + wallMs
}

function pick({ path, project, startedAtMs, wallMs }: FileTotals) {
  return { path, project, startedAtMs, wallMs }
}

/**
 * What workers do between two test files of a run: Jest sends them the next one, and ends and starts their process if they use too much
 * memory or have crashed.
 */
export function sumTimeBetweenFiles(files: readonly FileRecord[]): BetweenFiles {
  const unrecorded = files.filter(({ recording }) => recording === undefined)
  const headers = files.flatMap(({ recording }) => recording?.header ?? [])
  let [wall, restarts, restartWall] = [0, 0, 0]
  for (const ofWorker of group(headers, ({ worker }) => worker).values()) {
    const inTurn = ofWorker.toSorted((a, b) => a.startedAtMs - b.startedAtMs)
    for (const [before, header] of pairs(inTurn)) {
      const ended = before.startedAtMs + before.wallMicros / 1000
      // A file that was not recorded ran in an unknown worker, which may have been this one.
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
