// What each file of a run took as a whole: what the totals and the schedule are made of, for all files, however many.

import type { FileReport } from '../file-report.js'
import type { FileRecord, RunRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { roundMs } from '../rounding.js'
import { toPhaseTimes } from './phase-reports.js'

/** A FileReport without its parts. */
export type FileTotals = Omit<
  FileReport,
  'id' | 'phases' | 'phaseStarts' | 'heap' | 'hooks' | 'tests' | 'groups'
>

/** Times that are unknown. */
export const UNKNOWN = {
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
  if (recording === undefined)
    return {
      ...identity,
      worker: null,
      recording: null,
      startedAtMs: sinceStart(startedAtMs),
      wallMs,
      ...UNKNOWN,
    }
  const { header, times } = recording
  return {
    ...identity,
    worker: header.worker,
    recording: recording.name,
    startedAtMs: roundMs(sinceStart(header.startedAtMs)),
    ...toPhaseTimes(times.whole, header.samplingIntervalMicros),
    sampleCount: times.whole.sampleCount,
  }
}
