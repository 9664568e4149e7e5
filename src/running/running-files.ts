// The test files that were running when a run was interrupted, from the notes of their processes: what each did, for how long, and where.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Activity } from '../recording/activity.js'
import type { Missing } from '../report/report.js'
import { duration } from '../report/views/figures.js'
import { activityText } from './activities.js'
import { heapText, MORE_MEMORY, notedHeap } from './noted-heap.js'
import { notedWhereabouts } from './noted-whereabouts.js'
import { whereaboutsText } from './whereabouts-text.js'

export interface RunningFile {
  readonly activity: Activity
  /** For how many milliseconds it had been doing that; undefined: unknown. */
  readonly lastedMs: number | undefined
  /** Where it was, such as `in again src/again.js:2`; `''`: unknown. */
  readonly where: string
  /** How full its heap was, as `heapText`; `''`: it was not near its limit, or that is unknown. */
  readonly heap: string
}

interface RunningOptions {
  /** The run's folder for new recordings. */
  readonly incoming: string
  /** When the run was interrupted, in milliseconds since the epoch; undefined: unknown, and each process is taken to have ended after its last sign of life. */
  readonly interruptedMs: number | undefined
  readonly toShown: (path: string) => string
}

/** `running`: by the name of the process's note, as `Activities` returns it. */
export function runningFiles(
  running: ReadonlyMap<string, Activity>,
  { incoming, interruptedMs, toShown }: RunningOptions,
): RunningFile[] {
  return [...running].map(([note, activity]) => {
    const found = notedWhereabouts(incoming, note)
    // What was noted during an earlier test says nothing about this one.
    const where = found?.sinceMs === activity.sinceMs ? whereaboutsText(found, toShown) : ''
    const noted = notedHeap(incoming, note)
    const heap = noted === undefined ? '' : heapText(noted, { activity, toShown })
    const lastedMs = (interruptedMs ?? lastSignMs(join(incoming, note))) - activity.sinceMs
    // A process that nobody watches gives no sign after the note itself.
    const isKnown = interruptedMs !== undefined || lastedMs >= SHORTEST_MS
    return { activity, lastedMs: isKnown ? lastedMs : undefined, where, heap }
  })
}

/** Below this, in milliseconds, a note without a later sign of life cannot be distinguished from one with. */
const SHORTEST_MS = 500

/** The thread beside the tests touches the note of its process once a second. */
function lastSignMs(note: string): number {
  return statSync(note, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** `test/a.test.js: test “adds” for 3.20 s  in add src/add.js:2`. */
export function runningText({ activity, lastedMs, where }: RunningFile, toShown: (path: string) => string) {
  const time = lastedMs === undefined ? '' : ` for ${duration(lastedMs)}`
  return `${toShown(activity.testPath)}: ${activityText(activity)}${time}${where === '' ? '' : `  ${where}`}`
}

/** Its entry in the list of what is missing; the file is absolute. */
export function interruptedEntry(running: RunningFile): Missing {
  const { activity, lastedMs, where, heap } = running
  const time = lastedMs === undefined ? '' : ` after ${duration(lastedMs)}`
  const seen = heap === '' ? '' : `; last seen with ${heap}`
  return {
    file: activity.testPath,
    reason: `interrupted${time} in ${activityText(activity)}${where === '' ? '' : `: ${where}`}${seen}`,
    remedy: remedyFor(running),
  }
}

function remedyFor({ where, heap }: RunningFile): string {
  if (heap !== '') return `If it ran out of memory, keep less in memory there. ${MORE_MEMORY}`
  if (where === '') return 'If it hangs, run it alone: after 5 seconds it is noted where it is.'
  return 'If it hangs, look at that line first.'
}
