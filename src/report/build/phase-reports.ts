// Times as the report shows them, of files as a whole, phases, tests and hooks, and their sums.

import { sum } from 'd3-array'
import { gcUncertainty, type Times, uncertainty } from '../../attribution/segment-times.js'
import { type Microseconds, PHASES, type Phase } from '../../profile/profile.js'
import type { FileReport, PhaseTimes } from '../file-report.js'
import type { RecordingSummary } from '../record/recording-summary.js'
import type { FileRecord, RunRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { roundMs, sumIfKnown, toMs } from '../rounding.js'

/** A FileReport without its parts. */
export type FileTotals = Omit<
  FileReport,
  'id' | 'phases' | 'phaseStarts' | 'heap' | 'hooks' | 'tests' | 'groups'
>

export const UNKNOWN_TIMES = {
  cpuMs: null,
  readyMs: null,
  blockedMs: null,
  idleMs: null,
  gcMs: null,
  uncertaintyMs: null,
  gcUncertaintyMs: null,
  sampleCount: null,
}

export function buildFileTotals(
  { path, project, projectId, status, recording, startedAtMs, wallMs }: FileRecord,
  run: Pick<RunRecord, 'startedAtMs'>,
  toRelative: ToRelative,
): FileTotals {
  const identity = { path: toRelative(path), project, projectId, status }
  const sinceStart = (timestamp: number) => Math.max(0, timestamp - run.startedAtMs)
  if (recording === undefined) {
    const unrecorded = { worker: null, recording: null, ...UNKNOWN_TIMES }
    return { ...identity, ...unrecorded, startedAtMs: sinceStart(startedAtMs), wallMs }
  }
  const { header, times } = recording
  return {
    ...identity,
    worker: header.worker,
    recording: recording.name,
    startedAtMs: roundMs(sinceStart(header.startedAtMs)),
    ...toSampledTimes(times.whole, header.samplingIntervalMicros),
    ...allocatedField(recording.allocated?.whole),
  }
}

export function toPhaseTimes(times: Times, intervalMicros: Microseconds | null): PhaseTimes {
  // Sums are rounded and then subtracted, so that the parts add up in whole microseconds.
  const ran = Math.round(times.cpu)
  const runnable = Math.round(times.cpu + (times.ready ?? 0))
  const notIdle = Math.round(times.cpu + (times.ready ?? 0) + times.blocked)
  const wall = Math.round(times.wall)
  return {
    wallMs: toMs(wall),
    cpuMs: toMs(ran),
    readyMs: times.ready === undefined ? null : toMs(runnable - ran),
    blockedMs: toMs(notIdle - runnable),
    idleMs: toMs(wall - notIdle),
    gcMs: toMs(Math.min(times.gc, ran)),
    uncertaintyMs: toMs(uncertainty(times, intervalMicros)),
    gcUncertaintyMs: toMs(gcUncertainty(times, intervalMicros)),
  }
}

/** With the number of samples; null without a profile. */
export function toSampledTimes(times: Times, intervalMicros: Microseconds | null) {
  const sampleCount = intervalMicros === null ? null : times.sampleCount
  return { ...toPhaseTimes(times, intervalMicros), sampleCount }
}

export function buildPhaseReports({
  times: { phases },
  header,
  allocated,
}: RecordingSummary): Record<Phase, PhaseTimes> {
  return byPhase(phase => ({
    ...toPhaseTimes(phases[phase], header.samplingIntervalMicros),
    ...allocatedField(allocated?.phases[phase]),
  }))
}

/** Left out if it is unknown. */
export function allocatedField(bytes: number | undefined): Pick<PhaseTimes, 'allocatedBytes'> {
  return bytes === undefined ? {} : { allocatedBytes: bytes }
}

/** Sums over all recorded files of the run. */
export function sumPhases(files: readonly FileRecord[]): Record<Phase, PhaseTimes> {
  const recordings = files.flatMap(({ recording }) => recording ?? [])
  const reports = recordings.map(buildPhaseReports)
  return byPhase(phase => sumPhaseTimes(reports.map(phases => phases[phase])))
}

function byPhase(timesOf: (phase: Phase) => PhaseTimes): Record<Phase, PhaseTimes> {
  return Object.fromEntries(PHASES.map(phase => [phase, timesOf(phase)])) as Record<Phase, PhaseTimes>
}

export function sumPhaseTimes(times: readonly PhaseTimes[]): PhaseTimes {
  return {
    ...sumTimes(times),
    uncertaintyMs: hypotenuse(times.map(({ uncertaintyMs }) => uncertaintyMs)),
    gcUncertaintyMs: hypotenuse(times.map(({ gcUncertaintyMs }) => gcUncertaintyMs)),
    ...allocatedField(
      times.some(({ allocatedBytes }) => allocatedBytes !== undefined)
        ? sum(times, ({ allocatedBytes }) => allocatedBytes)
        : undefined,
    ),
  }
}

/**
 * The error of a sum, because errors of different files are independent. Sorted, so that the order of the files does
 * not change the last digit.
 */
function hypotenuse(amounts: readonly number[]): number {
  return roundMs(Math.hypot(...amounts.toSorted((a, b) => a - b)))
}

type Summed = 'wallMs' | 'cpuMs' | 'readyMs' | 'blockedMs' | 'idleMs' | 'gcMs'

/** Sums of recorded times. If `readyMs` is unknown for some of them, it is null and the known ones count as CPU time. */
export function sumTimes(times: readonly Pick<FileReport, Summed>[]) {
  const total = (key: Summed) => roundMs(sum(times, entry => entry[key]))
  const readyMs = sumIfKnown(times.map(entry => entry.readyMs))
  return {
    wallMs: total('wallMs'),
    cpuMs:
      readyMs === null
        ? roundMs(sum(times, entry => (entry.cpuMs ?? 0) + (entry.readyMs ?? 0)))
        : total('cpuMs'),
    readyMs,
    blockedMs: total('blockedMs'),
    idleMs: total('idleMs'),
    gcMs: total('gcMs'),
  }
}
