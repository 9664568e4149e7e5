// What is saved of a run. Together with its recordings, all outputs can be generated again.

import type { BudgetLimits } from '../budget-report.js'
import type { FileOutcome, RunRecord } from './run-record.js'

export const SAVED_VERSION = 2

/** A RunRecord without what can be computed from its recordings. */
export interface SavedRun extends Omit<RunRecord, DerivedFromRecordings | 'files' | 'endedAtMs'> {
  readonly version: number
  /** Null: the run was interrupted, or is still running. */
  readonly endedAtMs: number | null
  /** The signal that interrupted the run, and when, in milliseconds since the epoch. Undefined also where nothing could note it, as in band. */
  readonly interruption?: Interruption
  readonly files: readonly SavedFileRecord[]
  /** The limits that it was checked against. */
  readonly budgets: readonly BudgetRule[]
}

export const INTERRUPTING_SIGNALS = ['SIGINT', 'SIGTERM'] as const

export interface Interruption {
  readonly signal: (typeof INTERRUPTING_SIGNALS)[number]
  readonly atMs: number
}

type DerivedFromRecordings = 'modules' | 'transforms' | 'failedModules' | 'cacheKeys'

/** A FileRecord with the name of its recording instead of a summary. */
export interface SavedFileRecord extends FileOutcome {
  /** Its file in the run's folder of recordings; null: there is none. */
  readonly recording: string | null
  /**
   * In a merged run: what is added to the recording's worker number and start, because each machine counts from 1 and has its own
   * start.
   */
  readonly moved?: { readonly workers: number; readonly byMs: number }
}

/** A budget, parsed, as it is checked. */
export interface BudgetRule {
  /** As they were written; null: every file. */
  readonly files: readonly string[] | null
  /** Sources of regular expressions for the same, over paths relative to the display root, with `/`; null: every file. */
  readonly filePatterns: readonly string[] | null
  /** Source of a regular expression over full names; null: every test. */
  readonly tests: string | null
  readonly limits: Readonly<BudgetLimits>
}

/** A RunRecord that is to be saved; `endedAtMs` is null while the run is going on. */
export type UnsavedRun = Omit<RunRecord, DerivedFromRecordings | 'endedAtMs'> &
  Pick<SavedRun, 'endedAtMs' | 'interruption'>

export function toSavedRun(run: UnsavedRun, budgets: readonly BudgetRule[] = []): SavedRun {
  const { command, handles, interruption, memory, transformKeys } = run
  return {
    version: SAVED_VERSION,
    run: run.run,
    startedAtMs: run.startedAtMs,
    endedAtMs: run.endedAtMs,
    files: run.files.map(({ recording, ...file }) => ({ ...file, recording: recording?.name ?? null })),
    missing: run.missing,
    injectedGlobals: run.injectedGlobals,
    mergeMicros: run.mergeMicros,
    notes: run.notes,
    budgets,
    ...(command === undefined ? {} : { command }),
    ...(memory === undefined ? {} : { memory }),
    ...(handles === undefined ? {} : { handles }),
    ...(interruption === undefined ? {} : { interruption }),
    ...(transformKeys === undefined ? {} : { transformKeys }),
  }
}
