// A profile with no more stacks and rows than a page can carry: the lightest stacks are folded into one frame below their
// callers, so that every total stays what it was.

import { at } from '../../profile/columns.js'
import {
  type Column,
  type FrameIndex,
  type Microseconds,
  NO_CALLER,
  NOT_SELECTED,
  type Profile,
  type ScopeIndex,
  type StackIndex,
} from '../../profile/profile.js'
import { StackTable } from '../../profile/stack-table.js'
import { SMALLER_CALLS } from '../smaller-calls.js'

export interface Bounds {
  readonly mostStacks: number
  /** Pairs of stacks and scopes. */
  readonly mostRows: number
}

export interface LighterProfile {
  readonly profile: Profile
  /** Stacks lighter than this, with all that they call, were folded; 0: none. */
  readonly lightest: Microseconds
}

export function lighterProfile(profile: Profile, { mostStacks, mostRows }: Bounds): LighterProfile {
  const { stacks, samples } = profile
  if (stacks.frame.length <= mostStacks && samples.stack.length <= mostRows) return { profile, lightest: 0 }
  const weights = subtreeWeights(profile)
  const heaviest = weights.toSorted().reverse()
  let most = Math.min(mostStacks, heaviest.length)
  let folding = foldBelow(at(heaviest, most - 1), { profile, weights })
  while (folding.rows > mostRows && most > 1) {
    most = Math.floor(most / 2)
    folding = foldBelow(at(heaviest, most - 1), { profile, weights })
  }
  return { profile: folded(profile, folding), lightest: folding.lightest }
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

interface Folding {
  readonly lightest: Microseconds
  readonly stacks: Profile['stacks']
  /** What each stack of the whole profile is among them. */
  readonly stackOf: Int32Array
  /** How many pairs of stacks and scopes there are. */
  readonly rows: number
}

function foldBelow(
  lightest: Microseconds,
  { profile, weights }: { profile: Profile; weights: Float64Array },
): Folding {
  const { frames, stacks, samples } = profile
  const smaller = frames.length as FrameIndex
  const table = new StackTable()
  // Of each stack, its nearest kept one; what is folded hangs below it.
  const keptOf = new Int32Array(stacks.frame.length)
  const stackOf = new Int32Array(stacks.frame.length)
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    const nearest = caller === NO_CALLER ? NO_CALLER : at(keptOf, caller)
    const isKept = at(weights, stack) > lightest
    // Time with nothing to run must not become somebody's work.
    const isIdle = at(frames, frame).category === 'idle'
    const own = table.intern(isKept || isIdle ? frame : smaller, nearest as StackIndex)
    stackOf[stack] = own
    keptOf[stack] = isKept ? own : nearest
  })
  const rowOf = rowFinder(table.columns.frame.length)
  let rows = 0
  samples.stack.forEach((stack, row) => {
    if (rowOf(at(stackOf, stack), at(samples.scope, row), rows) === rows) rows++
  })
  return { lightest, stacks: table.columns, stackOf, rows }
}

/** Of a pair of stack and scope, the row that it has, or `next` where it has none yet. A scope's rows stand together. */
function rowFinder(stacks: number): (stack: number, scope: number, next: number) => number {
  const scopeOf = new Int32Array(stacks).fill(-1)
  const rowOf = new Int32Array(stacks)
  return (stack, scope, next) => {
    if (scopeOf[stack] === scope) return at(rowOf, stack)
    scopeOf[stack] = scope
    rowOf[stack] = next
    return next
  }
}

function folded(profile: Profile, { stacks, stackOf, rows }: Folding): Profile {
  return {
    ...profile,
    frames: [...profile.frames, SMALLER_CALLS],
    stacks,
    samples: foldedSamples(profile.samples, { stackOf, rows, stacks: stacks.frame.length }),
    sequences: profile.sequences.map(sequence => ({
      ...sequence,
      stack: sequence.stack.map(stack => (stack === NOT_SELECTED ? stack : at(stackOf, stack))),
    })),
  }
}

function foldedSamples(
  samples: Profile['samples'],
  { stackOf, rows, stacks }: { stackOf: Int32Array; rows: number; stacks: number },
): Profile['samples'] {
  const [stack, scope, count] = [new Int32Array(rows), new Int32Array(rows), new Int32Array(rows)]
  const weight = new Float64Array(rows)
  const rowOf = rowFinder(stacks)
  let next = 0
  samples.stack.forEach((leaf, row) => {
    const own = at(stackOf, leaf)
    const place = rowOf(own, at(samples.scope, row), next)
    if (place === next) next++
    stack[place] = own
    scope[place] = at(samples.scope, row)
    weight[place] = at(weight, place) + at(samples.weight, row)
    count[place] = at(count, place) + at(samples.count, row)
  })
  return {
    stack: stack as Iterable<number> as Column<StackIndex>,
    scope: scope as Iterable<number> as Column<ScopeIndex>,
    ...{ weight, count },
  }
}
