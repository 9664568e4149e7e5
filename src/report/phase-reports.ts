// Times as the report shows them, for whatever they are of.

import { gcUncertainty, type Times, uncertainty } from '../account/segment-times.js'
import { type Microseconds, PHASES, type Phase } from '../profile/profile.js'
import type { PhaseTimes } from './file-report.js'
import { toMs } from './function-report.js'
import type { FileRecord } from './run-record.js'

export function timesReport(times: Times, intervalMicros: Microseconds): PhaseTimes {
  const [wall, gc] = [Math.round(times.wall), Math.round(times.gc)]
  const [ready, blocked, idle] = [times.ready ?? 0, times.blocked, times.idle].map(Math.round) as [
    number,
    number,
    number,
  ]
  // In whole microseconds the four add up all the same.
  const cpu = wall - ready - blocked - idle
  return {
    wallMs: toMs(wall),
    cpuMs: toMs(cpu),
    readyMs: times.ready === undefined ? null : toMs(ready),
    blockedMs: toMs(blocked),
    idleMs: toMs(idle),
    gcMs: toMs(Math.min(gc, cpu)),
    uncertaintyMs: toMs(uncertainty(times, intervalMicros)),
    gcUncertaintyMs: toMs(gcUncertainty(times, intervalMicros)),
  }
}

export function phaseReports(
  phases: Readonly<Record<Phase, Times>>,
  intervalMicros: Microseconds,
): Record<Phase, PhaseTimes> {
  return byPhase(phase => timesReport(phases[phase], intervalMicros))
}

/** Of the run: sums over all recorded files. */
export function runPhases(files: readonly FileRecord[]): Record<Phase, PhaseTimes> {
  const recordings = files.flatMap(({ recording }) => recording ?? [])
  return byPhase(phase =>
    addUp(
      recordings.map(({ times, header }) => timesReport(times.phases[phase], header.samplingIntervalMicros)),
    ),
  )
}

/** Errors of different files are independent of each other: their squares add up. */
export function addUp(times: readonly PhaseTimes[]): PhaseTimes {
  const sum = (key: Exclude<keyof PhaseTimes, 'readyMs'>) =>
    round(times.reduce((total, entry) => total + entry[key], 0))
  return {
    wallMs: sum('wallMs'),
    cpuMs: sum('cpuMs'),
    readyMs: sumIfKnown(times.map(({ readyMs }) => readyMs)),
    blockedMs: sum('blockedMs'),
    idleMs: sum('idleMs'),
    gcMs: sum('gcMs'),
    uncertaintyMs: hypotenuse(times.map(({ uncertaintyMs }) => uncertaintyMs)),
    gcUncertaintyMs: hypotenuse(times.map(({ gcUncertaintyMs }) => gcUncertaintyMs)),
  }
}

/** Sorted, for the order of the files must not matter to the last digit. */
function hypotenuse(amounts: readonly number[]): number {
  return round(Math.hypot(...amounts.toSorted((a, b) => a - b)))
}

/** Null where it is not known of all. */
export function sumIfKnown(amounts: readonly (number | null)[]): number | null {
  let sum = 0
  for (const amount of amounts) {
    if (amount === null) return null
    sum += amount
  }
  return round(sum)
}

function byPhase(timesOf: (phase: Phase) => PhaseTimes): Record<Phase, PhaseTimes> {
  return Object.fromEntries(PHASES.map(phase => [phase, timesOf(phase)])) as Record<Phase, PhaseTimes>
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
