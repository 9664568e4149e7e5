// The trial of this process, for the classes that Jest makes.

import { UserError } from '../../errors/user-error.js'
import type { ReadConfigs } from '../../jest/config.js'
import type { TrialSpec } from './trial-spec.js'

interface CurrentTrial {
  readonly spec: TrialSpec
  /** As Jest read them. */
  readonly read: ReadConfigs
}

// On the process, because the profiled run and the classes for trials are built into files that share no module.
const CURRENT = Symbol.for('jest-profiler.trial')
const holder = globalThis as { [CURRENT]?: CurrentTrial }

export function startTrial(trial: CurrentTrial): void {
  holder[CURRENT] = trial
}

/** Throws an error in a process that runs no trial. */
export function currentTrial(): CurrentTrial {
  const current = holder[CURRENT]
  if (current !== undefined) return current
  throw new UserError(
    'jest-profiler: the reporter and the sequencer of trials work only in `jest-profiler doctor`.',
  )
}
