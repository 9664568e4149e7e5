// Times as the report shows them, for whatever they are of.

import { gcUncertainty, type Times, uncertainty } from '../account/segment-times.js'
import { type Microseconds, PHASES, type Phase } from '../profile/profile.js'
import type { PhaseTimes } from './file-report.js'
import { toMs } from './function-report.js'
import type { FileRecord } from './run-record.js'

export function timesReport(times: Times, intervalMicros: Microseconds): PhaseTimes {
  const { wall, idle, gc, blocked, thread } = times
  return {
    wallMs: toMs(wall),
    cpuMs: toMs(wall - idle),
    idleMs: toMs(idle),
    gcMs: toMs(gc),
    blockedMs: toMs(blocked),
    threadCpuMs: thread === undefined ? null : toMs(thread),
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
  const sum = (key: Exclude<keyof PhaseTimes, 'threadCpuMs'>) =>
    round(times.reduce((total, entry) => total + entry[key], 0))
  return {
    wallMs: sum('wallMs'),
    cpuMs: sum('cpuMs'),
    idleMs: sum('idleMs'),
    gcMs: sum('gcMs'),
    blockedMs: sum('blockedMs'),
    threadCpuMs: sumOfKnown(times.map(({ threadCpuMs }) => threadCpuMs)),
    uncertaintyMs: hypotenuse(times.map(({ uncertaintyMs }) => uncertaintyMs)),
    gcUncertaintyMs: hypotenuse(times.map(({ gcUncertaintyMs }) => gcUncertaintyMs)),
  }
}

/** Sorted, for the order of the files must not matter to the last digit. */
function hypotenuse(amounts: readonly number[]): number {
  return round(Math.hypot(...amounts.toSorted((a, b) => a - b)))
}

/** A phase that did not come has no clock of its own. */
export function sumOfKnown(amounts: readonly (number | null)[]): number | null {
  const known = amounts.filter(amount => amount !== null)
  return known.length === 0 ? null : round(known.reduce((total, amount) => total + amount, 0))
}

function byPhase(timesOf: (phase: Phase) => PhaseTimes): Record<Phase, PhaseTimes> {
  return Object.fromEntries(PHASES.map(phase => [phase, timesOf(phase)])) as Record<Phase, PhaseTimes>
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
