// The calls of both sides → one call tree, in which a function is what the matching found it to be: though its file was
// moved or its lines were shifted, it is one frame.

import { addSamplesOf } from '../../profile/add-profile.js'
import type { Frame, Profile } from '../../profile/profile.js'
import { ProfileBuilder } from '../../profile/profile-builder.js'
import type { Entity } from '../comparison.js'
import type { MatchedFunctions } from '../match/match-sides.js'
import { runScope, type SideCalls } from './side-calls.js'

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
  const scopeOf = ({ worker, phase }: { worker: number; phase: Profile['scopes'][number]['phase'] }) =>
    runScope(base.runs + worker, phase)
  addSamplesOf(head.profile, builder, { frames: ofHead, scopeOf })
  const profile = builder.build()
  const unclear = {
    base: new Set(matched.uncertain.base.map(functionKey)),
    head: new Set(matched.uncertain.head.map(functionKey)),
  }
  return {
    profile,
    runs: { base: base.runs, head: head.runs },
    intervalMs: Math.max(base.intervalMs, head.intervalMs),
    uncertain: new Set([
      ...base.profile.frames.flatMap((frame, index) =>
        unclear.base.has(frameKey(frame)) ? (ofBase[index] ?? []) : [],
      ),
      ...head.profile.frames.flatMap((frame, index) =>
        unclear.head.has(frameKey(frame)) ? (ofHead[index] ?? []) : [],
      ),
    ]),
  }
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
