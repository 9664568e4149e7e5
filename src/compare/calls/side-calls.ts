// The profiles of one side's runs → who called what in each of them: one Profile whose scopes are runs and phases, and
// whose paths are those of a comparison. A run that was added need not be kept.

import { addSamplesOf } from '../../profile/add-profile.js'
import type { Phase, Profile, Scope } from '../../profile/profile.js'
import { ProfileBuilder } from '../../profile/profile-builder.js'
import type { RunRecord } from '../../report/record/run-record.js'
import { comparablePath } from '../../report/relative-path.js'

export interface SideCalls {
  /** A scope's `worker` is the number of its run, from 0. */
  readonly profile: Profile
  readonly runs: number
  /** The longest of all runs. */
  readonly intervalMs: number
}

export interface CalledRun {
  readonly profile: Profile
  readonly record: { readonly run: Pick<RunRecord['run'], 'displayRoot' | 'samplingIntervalMicros'> }
}

export class SideCallsBuilder {
  readonly #builder = new ProfileBuilder()
  #runs = 0
  #intervalMs = 0

  add({ profile, record }: CalledRun): void {
    const toPath = comparablePath(record.run.displayRoot)
    const run = this.#runs++
    this.#intervalMs = Math.max(this.#intervalMs, record.run.samplingIntervalMicros / 1000)
    const frames = profile.frames.map(frame =>
      this.#builder.frame({ ...frame, file: toPath(frame.file), generated: false }),
    )
    addSamplesOf(profile, this.#builder, { frames, scopeOf: ({ phase }) => runScope(run, phase) })
  }

  build(): SideCalls {
    return { profile: this.#builder.build(), runs: this.#runs, intervalMs: this.#intervalMs }
  }
}

export function runScope(run: number, phase: Phase): Scope {
  return {
    project: '',
    file: '',
    worker: run,
    phase,
    hook: undefined,
    test: undefined,
    attempt: 0,
    group: undefined,
  }
}
