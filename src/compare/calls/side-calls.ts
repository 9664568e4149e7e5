// The profiles of one side's runs → who called what in each of them: one Profile whose scopes are runs and phases, and
// whose paths are those of a comparison. A run that was added need not be kept.

import { at } from '../../profile/columns.js'
import type { FrameIndex, NO_CALLER, Phase, Profile, Scope, StackIndex } from '../../profile/profile.js'
import { ProfileBuilder } from '../../profile/profile-builder.js'
import type { RunRecord } from '../../report/run-record.js'
import { comparablePath } from '../comparable-path.js'

export interface SideCalls {
  /** A scope's `worker` is the number of its run, from 0. */
  readonly profile: Profile
  readonly runs: number
  /** The longest of all runs. */
  readonly intervalMs: number
}

export interface CalledRun {
  readonly profile: Profile
  readonly record: { readonly run: Pick<RunRecord['run'], 'rootDir' | 'samplingIntervalMicros'> }
}

export class SideCallsBuilder {
  readonly #builder = new ProfileBuilder()
  #runs = 0
  #intervalMs = 0

  add({ profile, record }: CalledRun): void {
    const toPath = comparablePath(record.run.rootDir)
    const run = this.#runs++
    this.#intervalMs = Math.max(this.#intervalMs, record.run.samplingIntervalMicros / 1000)
    const frames = profile.frames.map(frame =>
      this.#builder.frame({ ...frame, file: toPath(frame.file), generated: false }),
    )
    addStacks(this.#builder, profile, { frames, scopeOf: ({ phase }) => runScope(run, phase) })
  }

  build(): SideCalls {
    return { profile: this.#builder.build(), runs: this.#runs, intervalMs: this.#intervalMs }
  }
}

export function runScope(run: number, phase: Phase): Scope {
  const nobodys = { project: '', file: '', hook: undefined, test: undefined, attempt: 0, group: undefined }
  return { ...nobodys, worker: run, phase }
}

/** Adds all samples of a profile to a builder; `frames`: what each of its frames is there. */
export function addStacks(
  builder: ProfileBuilder,
  { stacks, samples, scopes }: Profile,
  { frames, scopeOf }: { frames: readonly FrameIndex[]; scopeOf: (scope: Scope) => Scope },
): void {
  const added: StackIndex[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    const callerThere: StackIndex | typeof NO_CALLER = caller < 0 ? -1 : at(added, caller)
    added.push(builder.stack(at(frames, frame), callerThere))
  })
  const scopesThere = scopes.map(scope => builder.scope(scopeOf(scope)))
  samples.stack.forEach((stack, row) => {
    const [weight, count] = [at(samples.weight, row), at(samples.count, row)]
    builder.addSamples(at(added, stack), at(scopesThere, at(samples.scope, row)), { start: 0, weight, count })
  })
  builder.endMerged()
}
