// What is kept of a run beside its recordings, so that everything can be made from them again.

import type { FileRecord, RunRecord } from './run-record.js'

export const SAVED_VERSION = 1

/** A RunRecord without what its recordings tell. */
export interface SavedRun
  extends Pick<RunRecord, 'run' | 'startedAtMs' | 'missing' | 'injectedGlobals' | 'mergeMicros'> {
  readonly version: number
  /** Null: the run was cut off, or still goes on. */
  readonly endedAtMs: number | null
  readonly files: readonly SavedFile[]
}

/** `recording`: the name of its file in the run's folder of recordings; null: there is none. */
export type SavedFile = Omit<FileRecord, 'recording' | 'onlyTests'> & { readonly recording: string | null }

export function toSavedRun({ run, startedAtMs, endedAtMs, ...record }: RunRecord): SavedRun {
  const { files, missing, injectedGlobals, mergeMicros } = record
  return {
    ...{ version: SAVED_VERSION, run, startedAtMs, endedAtMs },
    files: files.map(({ recording, ...file }) => ({ ...file, recording: recording?.name ?? null })),
    ...{ missing, injectedGlobals, mergeMicros },
  }
}

/** What can be said when a run begins. */
export function unfinishedRun(run: RunRecord['run'], startedAtMs: number): SavedRun {
  const nothing = { files: [], missing: [], injectedGlobals: [], mergeMicros: 0 }
  return { version: SAVED_VERSION, run, startedAtMs, endedAtMs: null, ...nothing }
}
