// What workers do between two test files: Jest tells them the next one, and ends and starts their process where they use too much
// memory or have crashed.

import { group, pairs } from 'd3-array'
import type { BetweenFiles } from '../report.js'
import type { FileRecord } from '../record/run-record.js'
import { roundMs } from '../rounding.js'

/** Of all files of a run. */
export function timeBetweenFiles(files: readonly FileRecord[]): BetweenFiles {
  const unrecorded = files.filter(({ recording }) => recording === undefined)
  const headers = files.flatMap(({ recording }) => recording?.header ?? [])
  let [wall, restarts, restartWall] = [0, 0, 0]
  for (const ofWorker of group(headers, ({ worker }) => worker).values()) {
    const inTurn = ofWorker.toSorted((a, b) => a.startedAtMs - b.startedAtMs)
    for (const [before, header] of pairs(inTurn)) {
      const ended = before.startedAtMs + before.wallMicros / 1000
      // A file that was not recorded ran in some worker, nobody knows which: it may have been this one.
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
