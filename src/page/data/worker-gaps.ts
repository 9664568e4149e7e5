// Time in which a worker had no test file: before its first one, between two, and after its last one until the last file
// of the run ended.

import type { Report } from '../../report/report.js'

export interface WorkerGap {
  readonly worker: number
  /** Since the start of the run. */
  readonly fromMs: number
  readonly toMs: number
  readonly kind: 'before its first file' | 'between files' | 'no file left'
}

export function workerGaps({
  files,
  schedule,
  totals,
}: Pick<Report, 'files' | 'schedule' | 'totals'>): WorkerGap[] {
  return schedule.workers.flatMap(({ worker }) => {
    const own = files
      .filter(file => file.worker === worker)
      .toSorted((a, b) => a.startedAtMs - b.startedAtMs || a.wallMs - b.wallMs)
    const gaps: WorkerGap[] = []
    let busyUntilMs = 0
    own.forEach(({ startedAtMs, wallMs }, index) => {
      const kind = index === 0 ? 'before its first file' : 'between files'
      if (startedAtMs > busyUntilMs) gaps.push({ worker, fromMs: busyUntilMs, toMs: startedAtMs, kind })
      busyUntilMs = Math.max(busyUntilMs, startedAtMs + wallMs)
    })
    if (busyUntilMs < totals.wallMs)
      gaps.push({ worker, fromMs: busyUntilMs, toMs: totals.wallMs, kind: 'no file left' })
    return gaps
  })
}
