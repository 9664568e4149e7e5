// What workers do between two test files: Jest tells them the next one, and ends and starts their process where they use too much
// memory or have crashed.

import type { RecordingSummary } from '../record/recording-summary.js'
import type { BetweenFiles } from '../report.js'
import type { FileRecord } from '../record/run-record.js'
import { roundMs } from '../rounding.js'

/** Of all files of a run. */
export function timeBetweenFiles(files: readonly FileRecord[]): BetweenFiles {
  const unrecorded = files.filter(({ recording }) => recording === undefined)
  const byWorker = new Map<number, RecordingSummary['header'][]>()
  for (const { recording } of files) {
    if (recording === undefined) continue
    const { header } = recording
    const known = byWorker.get(header.worker)
    if (known === undefined) byWorker.set(header.worker, [header])
    else known.push(header)
  }
  let [wall, restarts, restartWall] = [0, 0, 0]
  for (const headers of byWorker.values()) {
    const inTurn = headers.toSorted((a, b) => a.startedAtMs - b.startedAtMs)
    inTurn.forEach((header, index) => {
      const before = inTurn[index - 1]
      if (before === undefined) return
      const ended = before.startedAtMs + before.wallMicros / 1000
      // A file that was not recorded ran in some worker, nobody knows which: it may have been this one.
      const isIdle = !unrecorded.some(
        ({ startedAtMs, wallMs }) => startedAtMs < header.startedAtMs && startedAtMs + wallMs > ended,
      )
      const gap = isIdle ? Math.max(0, header.startedAtMs - ended) : 0
      wall += gap
      if (header.processId === before.processId && header.threadId === before.threadId) return
      restarts++
      restartWall += gap
    })
  }
  return { wallMs: roundMs(wall), restarts, restartMs: roundMs(restartWall) }
}
