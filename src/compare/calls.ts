// The profiles of each side's runs → who called what in them: one call tree, in which a function is what the matching found it
// to be: though its file was moved or its lines were shifted, it is one frame.

import { at } from '../profile/columns.js'
import type { Frame, FrameIndex, Phase, Profile, Scope } from '../profile/profile.js'
import { addSamplesOf, ProfileBuilder } from '../profile/profile-builder.js'
import { comparablePath } from '../report/relative-path.js'
import type { Entity } from './comparison.js'
import type { MatchedFunctions } from './match/match-sides.js'
import type { AnalyzedRun } from './run-figures.js'

/** One profile of a side, whose scopes are runs and phases, and whose paths are those of a comparison. */
export interface SideCalls {
  /** A scope's `worker` is the number of its run, from 0. */
  readonly profile: Profile
  readonly runs: number
  /** The longest of all runs. */
  readonly intervalMs: number
}

export interface CalledRun {
  readonly profile: Profile
  readonly record: {
    readonly run: Pick<AnalyzedRun['record']['run'], 'displayRoot' | 'samplingIntervalMicros'>
  }
}

/** A run that was added need not be kept. */
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
  /** Frames as they are in head; of what is not there, in base. A scope's `worker` is its run: those of base come first. */
  readonly profile: Profile
  readonly runs: { readonly base: number; readonly head: number }
  readonly intervalMs: number
  /** Positions of frames that may be each other's and cannot be told: neither new nor gone. */
  readonly uncertain: ReadonlySet<number>
}

export function comparedCalls(base: SideCalls, head: SideCalls, matched: MatchedFunctions): ComparedCalls {
  const builder = new ProfileBuilder()
  const toHead = headFrames(matched, head.profile)
  // Those of head first: what is named after base is what head has not.
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

/** `frames`: where each frame of the side's profile is now. */
function positionsOf(
  functions: readonly Entity[],
  profile: Profile,
  frames: readonly FrameIndex[],
): FrameIndex[] {
  const keys = new Set(functions.map(functionKey))
  return frames.filter((_, index) => keys.has(frameKey(at(profile.frames, index))))
}

/** What a frame of base is in head. */
function headFrames({ pairs, onlyBase, uncertain }: MatchedFunctions, head: Profile) {
  const inHead = new Map(pairs.map(([ofBase, ofHead]) => [functionKey(ofBase), ofHead]))
  const unmatched = new Set([...onlyBase, ...uncertain.base].map(functionKey))
  const taken = new Set(head.frames.map(frameKey))
  return (frame: Frame): Frame => {
    const key = frameKey(frame)
    const { file, line, column } = inHead.get(key) ?? frame
    // Where another function stands in head now, its place must not make it that one.
    const isOthers = unmatched.has(key) && taken.has(key)
    return { ...frame, file: isOthers ? `${file} (base)` : file, line, column }
  }
}

function functionKey({ name, file, line, column }: Entity): string {
  return [name.join(' '), file, line, column].join('\0')
}

function frameKey({ name, file, line, column }: Frame): string {
  return [name, file, line, column].join('\0')
}
