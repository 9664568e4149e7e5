// A profile with no more stacks than a page can carry: the lightest are folded into one frame below their callers, so
// that every total stays what it was.

import { at } from '../../profile/columns.js'
import {
  type FrameIndex,
  type Microseconds,
  NO_CALLER,
  NOT_SELECTED,
  type Profile,
  type StackIndex,
} from '../../profile/profile.js'
import { SampleRows } from '../../profile/sample-rows.js'
import { StackTable } from '../../profile/stack-table.js'
import { SMALLER_CALLS } from '../smaller-calls.js'

export interface LighterProfile {
  readonly profile: Profile
  /** Stacks lighter than this, with all that they call, were folded; 0: none. */
  readonly lightest: Microseconds
}

export function lighterProfile(profile: Profile, mostStacks: number): LighterProfile {
  if (profile.stacks.frame.length <= mostStacks) return { profile, lightest: 0 }
  const weights = subtreeWeights(profile)
  const lightest = at(
    weights.toSorted((a, b) => b - a),
    mostStacks - 1,
  )
  return { profile: folded(profile, stack => at(weights, stack) > lightest), lightest }
}

function subtreeWeights({ stacks, samples }: Profile): Float64Array {
  const weights = new Float64Array(stacks.frame.length)
  samples.stack.forEach((stack, row) => {
    weights[stack] = at(weights, stack) + at(samples.weight, row)
  })
  for (let stack = weights.length - 1; stack >= 0; stack--) {
    const caller = at(stacks.caller, stack)
    if (caller !== NO_CALLER) weights[caller] = at(weights, caller) + at(weights, stack)
  }
  return weights
}

function folded(profile: Profile, isKept: (stack: number) => boolean): Profile {
  const { frames, stacks, samples, sequences } = profile
  const smaller = frames.length as FrameIndex
  const table = new StackTable()
  // Of each stack, its nearest kept one; what is folded hangs below it.
  const keptOf = new Int32Array(stacks.frame.length)
  const stackOf = new Int32Array(stacks.frame.length)
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    const nearest = caller === NO_CALLER ? NO_CALLER : at(keptOf, caller)
    // Time with nothing to run must not become somebody's work.
    const isIdle = at(frames, frame).category === 'idle'
    const own = table.intern(isKept(stack) || isIdle ? frame : smaller, nearest as StackIndex)
    stackOf[stack] = own
    keptOf[stack] = isKept(stack) ? own : nearest
  })
  return {
    ...profile,
    frames: [...frames, SMALLER_CALLS],
    stacks: table.columns,
    samples: foldedSamples(samples, stackOf),
    sequences: sequences.map(sequence => ({
      ...sequence,
      stack: sequence.stack.map(stack => (stack === NOT_SELECTED ? stack : at(stackOf, stack))),
    })),
  }
}

// A scope's rows stand together: only one scope's at a time are objects.
function foldedSamples(samples: Profile['samples'], stackOf: Int32Array): Profile['samples'] {
  const rows = new SampleRows()
  samples.stack.forEach((stack, row) => {
    const scope = at(samples.scope, row)
    if (scope !== samples.scope[row - 1]) rows.end()
    const times = { weight: at(samples.weight, row), count: at(samples.count, row) }
    rows.add(at(stackOf, stack) as StackIndex, scope, times)
  })
  return rows.columns()
}
