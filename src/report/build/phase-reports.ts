// Times as the report shows them, of files, phases, tests and hooks.

import { gcUncertainty, type Times, uncertainty } from '../../attribution/segment-times.js'
import { type Microseconds, PHASES, type Phase } from '../../profile/profile.js'
import type { PhaseTimes } from '../file-report.js'
import type { FileRecord } from '../record/run-record.js'
import { roundMs, sumIfKnown, toMs } from '../rounding.js'

export function toPhaseTimes(times: Times, intervalMicros: Microseconds): PhaseTimes {
  // Rounded as sums, so that whole microseconds add up, too.
  const ran = Math.round(times.cpu)
  const runnable = Math.round(times.cpu + (times.ready ?? 0))
  const standing = Math.round(times.cpu + (times.ready ?? 0) + times.blocked)
  const wall = Math.round(times.wall)
  return {
    wallMs: toMs(wall),
    cpuMs: toMs(ran),
    readyMs: times.ready === undefined ? null : toMs(runnable - ran),
    blockedMs: toMs(standing - runnable),
    idleMs: toMs(wall - standing),
    gcMs: toMs(Math.min(times.gc, ran)),
    uncertaintyMs: toMs(uncertainty(times, intervalMicros)),
    gcUncertaintyMs: toMs(gcUncertainty(times, intervalMicros)),
  }
}

export function buildPhaseReports(
  phases: Readonly<Record<Phase, Times>>,
  intervalMicros: Microseconds,
): Record<Phase, PhaseTimes> {
  return byPhase(phase => toPhaseTimes(phases[phase], intervalMicros))
}

/** Sums over all recorded files of the run. */
export function sumPhases(files: readonly FileRecord[]): Record<Phase, PhaseTimes> {
  const recordings = files.flatMap(({ recording }) => recording ?? [])
  return byPhase(phase =>
    sumPhaseTimes(
      recordings.map(({ times, header }) => toPhaseTimes(times.phases[phase], header.samplingIntervalMicros)),
    ),
  )
}

/** Errors of different files are independent of each other: their squares add up. */
export function sumPhaseTimes(times: readonly PhaseTimes[]): PhaseTimes {
  const sum = (key: Exclude<keyof PhaseTimes, 'readyMs'>) =>
    roundMs(times.reduce((total, entry) => total + entry[key], 0))
  const readyMs = sumIfKnown(times.map(entry => entry.readyMs))
  return {
    wallMs: sum('wallMs'),
    cpuMs: readyMs === null ? cpuWithReady(times) : sum('cpuMs'),
    readyMs,
    blockedMs: sum('blockedMs'),
    idleMs: sum('idleMs'),
    gcMs: sum('gcMs'),
    uncertaintyMs: hypotenuse(times.map(({ uncertaintyMs }) => uncertaintyMs)),
    gcUncertaintyMs: hypotenuse(times.map(({ gcUncertaintyMs }) => gcUncertaintyMs)),
  }
}

/** Sorted, because the order of the files must not change even the last digit. */
function hypotenuse(amounts: readonly number[]): number {
  return roundMs(Math.hypot(...amounts.toSorted((a, b) => a - b)))
}

/** Where time without a core is not known for all, that of the others is counted as CPU time as well. */
export function cpuWithReady(times: readonly { cpuMs: number | null; readyMs: number | null }[]): number {
  return roundMs(times.reduce((total, { cpuMs, readyMs }) => total + (cpuMs ?? 0) + (readyMs ?? 0), 0))
}

function byPhase(timesOf: (phase: Phase) => PhaseTimes): Record<Phase, PhaseTimes> {
  return Object.fromEntries(PHASES.map(phase => [phase, timesOf(phase)])) as Record<Phase, PhaseTimes>
}
