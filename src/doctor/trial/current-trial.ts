// The trial of this process, for the classes that Jest makes.

import { UserError } from '../../errors/user-error.js'
import type { ReadConfigs } from '../../jest/config.js'
import type { TrialSpec } from './trial-spec.js'

interface CurrentTrial {
  readonly spec: TrialSpec
  /** As Jest read them. */
  readonly read: ReadConfigs
}

let current: CurrentTrial | undefined

export function startTrial(trial: CurrentTrial): void {
  current = trial
}

/** Throws an error in a process that runs no trial. */
export function currentTrial(): CurrentTrial {
  if (current !== undefined) return current
  throw new UserError(
    'jest-profiler: the reporter and the sequencer of trials work only in `jest-profiler doctor`.',
  )
}
