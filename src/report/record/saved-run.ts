// What is kept of a run beside its recordings, so that everything can be made from them again.

import type { BudgetRule } from './budget-rule.js'
import type { FileRecord, RunRecord } from './run-record.js'

export const SAVED_VERSION = 2

/** A RunRecord without what its recordings tell. */
export interface SavedRun
  extends Pick<
    RunRecord,
    | 'run'
    | 'startedAtMs'
    | 'command'
    | 'missing'
    | 'injectedGlobals'
    | 'mergeMicros'
    | 'notes'
    | 'transformKeys'
  > {
  readonly version: number
  /** Null: the run was cut off, or still goes on. */
  readonly endedAtMs: number | null
  readonly files: readonly SavedFile[]
  /** What it had to keep to. */
  readonly budgets: readonly BudgetRule[]
  /** What has to be said of it: as in `RunRecord`. */
  readonly notes: readonly string[]
}

export interface SavedFile extends Omit<FileRecord, 'recording' | 'onlyTests'> {
  /** The name of its file in the run's folder of recordings; null: there is none. */
  readonly recording: string | null
  /**
   * Of a merged run: what is added to the number of the worker and to the start that the recording tells, since each
   * machine counts from 1 and has its own start.
   */
  readonly moved?: { readonly workers: number; readonly byMs: number }
}

/** What a RunRecord has that is kept; `endedAtMs` is null while the run goes on. */
export type KnownRun = Omit<RunRecord, ToldByRecordings | 'endedAtMs'> & Pick<SavedRun, 'endedAtMs'>

type ToldByRecordings = 'modules' | 'transforms' | 'failedModules' | 'cacheKeys'

export function toSavedRun(
  { run, startedAtMs, endedAtMs, ...record }: KnownRun,
  budgets: readonly BudgetRule[] = [],
): SavedRun {
  const { files, command, missing, injectedGlobals, mergeMicros, notes, transformKeys } = record
  return {
    ...{ version: SAVED_VERSION, run, startedAtMs, endedAtMs },
    files: files.map(({ recording, ...file }) => ({ ...file, recording: recording?.name ?? null })),
    ...{ missing, injectedGlobals, mergeMicros, notes, budgets },
    ...(command === undefined ? {} : { command }),
    ...(transformKeys === undefined ? {} : { transformKeys }),
  }
}
