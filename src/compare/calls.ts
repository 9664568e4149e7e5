// The profiles of both sides → one call tree with a single frame for each matched function, even if its file was moved or
// its lines were shifted.

import { at } from '../profile/columns.js'
import type { Frame, FrameIndex, Phase, Profile, Scope } from '../profile/profile.js'
import { addSamplesOf, ProfileBuilder } from '../profile/profile-builder.js'
import { comparablePath } from '../report/relative-path.js'
import type { Entity } from './comparison.js'
import type { MatchedFunctions } from './match/match-sides.js'
import type { AnalyzedRun } from './run-figures.js'

/** The merged profile of a side's runs, with runs and phases as scopes and the paths of a comparison. */
export interface SideCalls {
  /** A scope's `worker` is the index of its run. */
  readonly profile: Profile
  readonly runs: number
  /** The longest sampling interval of the runs. */
  readonly intervalMs: number
}

export interface CalledRun {
  readonly profile: Profile
  readonly record: {
    readonly run: Pick<AnalyzedRun['record']['run'], 'displayRoot' | 'samplingIntervalMicros'>
  }
}

/** Adds one run at a time, so that callers can release it. */
export class SideCallsBuilder {
  readonly #builder = new ProfileBuilder()
  #runs = 0
  #intervalMs = 0

  add({ profile, record }: CalledRun): void {
    const toPath = comparablePath(record.run.displayRoot)
    const run = this.#runs++
    this.#intervalMs = Math.max(this.#intervalMs, (record.run.samplingIntervalMicros ?? 0) / 1000)
    const frames = profile.frames.map(frame =>
      this.#builder.frame({ ...frame, file: toPath(frame.file), generated: false }),
    )
    addSamplesOf(profile, this.#builder, { frames, scopeOf: ({ phase }) => runScope(run, phase) })
  }

  build(): SideCalls {
    return { profile: this.#builder.build(), runs: this.#runs, intervalMs: this.#intervalMs }
  }
}

function runScope(run: number, phase: Phase): Scope {
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

export interface ComparedCalls {
  /** Frames as in head; as in base if head does not have them. A scope's `worker` is the index of its run, base first. */
  readonly profile: Profile
  readonly runs: { readonly base: number; readonly head: number }
  readonly intervalMs: number
  /** Indexes of frames that may match but are ambiguous: neither added nor removed. */
  readonly uncertain: ReadonlySet<number>
}

export function comparedCalls(base: SideCalls, head: SideCalls, matched: MatchedFunctions): ComparedCalls {
  const builder = new ProfileBuilder()
  const toHead = headFrames(matched, head.profile)
  // Head comes first, so that only frames that head does not have get their place from base.
  const ofHead = head.profile.frames.map(frame => builder.frame(frame))
  const ofBase = base.profile.frames.map(frame => builder.frame(toHead(frame)))
  addSamplesOf(base.profile, builder, { frames: ofBase, scopeOf: scope => scope })
  const scopeOf = ({ worker, phase }: Scope) => runScope(base.runs + worker, phase)
  addSamplesOf(head.profile, builder, { frames: ofHead, scopeOf })
  return {
    profile: builder.build(),
    runs: { base: base.runs, head: head.runs },
    intervalMs: Math.max(base.intervalMs, head.intervalMs),
    uncertain: new Set([
      ...positionsOf(matched.uncertain.base, base.profile, ofBase),
      ...positionsOf(matched.uncertain.head, head.profile, ofHead),
    ]),
  }
}

/** `frames`: the merged index of each frame of the side's profile. */
function positionsOf(
  functions: readonly Entity[],
  profile: Profile,
  frames: readonly FrameIndex[],
): FrameIndex[] {
  const keys = new Set(functions.map(entityKey))
  return frames.filter((_, index) => keys.has(frameKey(at(profile.frames, index))))
}

/** Maps frames of base to frames of head. */
function headFrames({ pairs, onlyBase, uncertain }: MatchedFunctions, head: Profile) {
  const inHead = new Map(pairs.map(([ofBase, ofHead]) => [entityKey(ofBase), ofHead]))
  const unmatched = new Set([...onlyBase, ...uncertain.base].map(entityKey))
  const taken = new Set(head.frames.map(frameKey))
  return (frame: Frame): Frame => {
    const key = frameKey(frame)
    const { file, line, column } = inHead.get(key) ?? frame
    // Another function of head may have the same name and place.
    const isTaken = unmatched.has(key) && taken.has(key)
    return { ...frame, file: isTaken ? `${file} (base)` : file, line, column }
  }
}

function entityKey({ name, file, line, column }: Entity): string {
  return frameKey({ name: name.join(' '), file, line, column })
}

function frameKey({ name, file, line, column }: Pick<Frame, 'name' | 'file' | 'line' | 'column'>): string {
  return [name, file, line, column].join('\0')
}
