// Adds a whole Profile to a builder.

import { at } from './columns.js'
import { type FrameIndex, NO_CALLER, type Profile, type Scope, type StackIndex } from './profile.js'
import type { Added, ProfileBuilder } from './profile-builder.js'

/** Adds everything, as if its recordings had been folded after those that the builder has seen. */
export function addProfile(profile: Profile, builder: ProfileBuilder): void {
  const frames = profile.frames.map(frame => builder.frame(frame))
  const added = addSamplesOf(profile, builder, { frames, scopeOf: scope => scope })
  builder.joinSequences(profile.sequences, added)
  const { frame, line, weight } = profile.lines
  frame.forEach((index, row) => {
    builder.addLine(at(frames, index), at(line, row), at(weight, row))
  })
}

/**
 * Adds its samples without their order. `frames`: what each of its frames is in the builder; `scopeOf`: what a scope of it
 * is there.
 */
export function addSamplesOf(
  { stacks, values, scopes }: Pick<Profile, 'stacks' | 'values' | 'scopes'>,
  builder: ProfileBuilder,
  { frames, scopeOf }: { frames: readonly FrameIndex[]; scopeOf: (scope: Scope) => Scope },
): Added {
  const stacksThere = new Int32Array(stacks.frame.length)
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    const callerThere = caller === NO_CALLER ? NO_CALLER : (at(stacksThere, caller) as StackIndex)
    stacksThere[stack] = builder.stack(at(frames, frame), callerThere)
  })
  const scopesThere = Int32Array.from(scopes, scope => builder.scope(scopeOf(scope)))
  const added = { stacks: stacksThere, scopes: scopesThere }
  for (const samples of values) builder.joinSamples(samples, added)
  return added
}
