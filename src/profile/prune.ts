// Limits the size of a profile, for formats: the lightest subtrees are folded into one frame below their callers; sums stay the same.

import { depths, subtreeWeights, weightsByStack } from './call-tree.js'
import { StackTable } from './code-tables.js'
import { at } from './columns.js'
import {
  type Column,
  type Frame,
  type FrameIndex,
  NO_CALLER,
  NOT_SELECTED,
  NOWHERE,
  type Profile,
  type ScopeIndex,
  type StackIndex,
  type ValueSamples,
} from './profile.js'

/** Calls that are too light to be shown one by one. */
export const OTHER: Frame = { name: '(other)', category: 'program', ...NOWHERE }

/** Upper bounds; a missing one is no bound. */
export interface Bounds {
  readonly stacks?: number
  /** Pairs of stack and scope, of all values. */
  readonly rows?: number
  /** Frames of the stacks of all rows, as a text format writes them. */
  readonly frames?: number
}

export interface PrunedProfile {
  readonly profile: Profile
  /** Stacks whose subtree has at most this weight, in the unit of the first value, were folded; 0: none. */
  readonly lightest: number
}

/** Keeps the heaviest stacks: at most `bounds.stacks`, halved until the other bounds are met. */
export function prune(profile: Profile, bounds: Bounds): PrunedProfile {
  const { stacks, values } = profile
  const count = stacks.frame.length
  const whole = { stacks, stackOf: Int32Array.from({ length: count }, (_, stack) => stack) }
  if (count <= (bounds.stacks ?? count) && fits(values, whole, bounds)) return { profile, lightest: 0 }
  const weights = comparableWeights(profile)
  const heaviest = weights.toSorted().reverse()
  for (let most = Math.min(bounds.stacks ?? count, count); ; most = Math.floor(most / 2)) {
    const lightest = heaviest[Math.max(most, 1) - 1] ?? 0
    const folding = foldBelow(lightest, profile, weights)
    if (most <= 1 || fits(values, folding, bounds)) return { profile: folded(profile, folding), lightest }
  }
}

/** Counts rows without building them: a large run has far more than the bounds allow. */
function fits(values: readonly ValueSamples[], folding: FoldedStacks, { rows, frames }: Bounds): boolean {
  const depth = depths(folding.stacks)
  const size = { rows: 0, frames: 0 }
  for (const samples of values)
    size.rows += forEachFoldedRow(samples, folding, (_row, { stack, isNew }) => {
      if (isNew) size.frames += depth[stack] ?? 0
    })
  return size.rows <= (rows ?? size.rows) && size.frames <= (frames ?? size.frames)
}

/** Returns each stack's subtree weight, in the unit in which it is heaviest: other units are scaled to the first one's total. */
function comparableWeights({ stacks, values }: Profile): Float64Array {
  const units = [...new Set(values.map(({ type }) => type.unit))]
  const [first = new Float64Array(stacks.frame.length), ...others] = units.map(unit =>
    weightsByStack(
      stacks,
      values.filter(({ type }) => type.unit === unit),
    ),
  )
  const whole = sum(first)
  const weights = subtreeWeights(stacks, first)
  for (const other of others) {
    const factor = whole > 0 && sum(other) > 0 ? whole / sum(other) : 1
    subtreeWeights(stacks, other).forEach((weight, stack) => {
      weights[stack] = Math.max(at(weights, stack), weight * factor)
    })
  }
  return weights
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, number) => total + number, 0)
}

interface FoldedStacks {
  readonly stacks: Profile['stacks']
  /** The folded stack of each stack of the whole profile. */
  readonly stackOf: Int32Array
}

function foldBelow(lightest: number, { frames, stacks }: Profile, weights: Float64Array): FoldedStacks {
  const other = frames.length as FrameIndex
  const table = new StackTable()
  // By stack, its nearest ancestor that is kept, or itself.
  const keptOf = new Int32Array(stacks.frame.length)
  const stackOf = new Int32Array(stacks.frame.length)
  stacks.frame.forEach((frame, stack) => {
    const caller = stacks.caller[stack] ?? NO_CALLER
    const nearest = caller === NO_CALLER ? NO_CALLER : (keptOf[caller] ?? NO_CALLER)
    const isKept = (weights[stack] ?? 0) > lightest
    // Time with nothing to run must not become work.
    const isIdle = at(frames, frame).category === 'idle'
    const own = table.intern(isKept || isIdle ? frame : other, nearest as StackIndex)
    stackOf[stack] = own
    keptOf[stack] = isKept ? own : nearest
  })
  return { stacks: table.columns, stackOf }
}

/** Calls `visit` with each row and its folded row; returns the number of folded rows. The rows of a scope must be adjacent. */
function forEachFoldedRow(
  { stack: leaves, scope: scopes }: ValueSamples,
  { stacks, stackOf }: FoldedStacks,
  visit: (row: number, folded: { stack: number; row: number; isNew: boolean }) => void,
): number {
  // By folded stack, its last folded row and the scope of that row.
  const lastScope = new Int32Array(stacks.frame.length).fill(-1)
  const lastRow = new Int32Array(stacks.frame.length)
  const current = { stack: 0, row: 0, isNew: false }
  let rows = 0
  leaves.forEach((leaf, row) => {
    const stack = stackOf[leaf] ?? 0
    const scope = scopes[row] ?? 0
    current.isNew = lastScope[stack] !== scope
    if (current.isNew) {
      lastScope[stack] = scope
      lastRow[stack] = rows++
    }
    current.stack = stack
    current.row = lastRow[stack] ?? 0
    visit(row, current)
  })
  return rows
}

function foldedSamples(samples: ValueSamples, folding: FoldedStacks): ValueSamples {
  const rows = forEachFoldedRow(samples, folding, () => undefined)
  const [stack, scope, count] = [new Int32Array(rows), new Int32Array(rows), new Int32Array(rows)]
  const weight = new Float64Array(rows)
  forEachFoldedRow(samples, folding, (row, { stack: own, row: place }) => {
    stack[place] = own
    scope[place] = samples.scope[row] ?? 0
    weight[place] = (weight[place] ?? 0) + (samples.weight[row] ?? 0)
    count[place] = (count[place] ?? 0) + (samples.count[row] ?? 0)
  })
  return {
    type: samples.type,
    stack: stack as Iterable<number> as Column<StackIndex>,
    scope: scope as Iterable<number> as Column<ScopeIndex>,
    weight,
    count,
  }
}

function folded(profile: Profile, folding: FoldedStacks): Profile {
  return {
    ...profile,
    frames: [...profile.frames, OTHER],
    stacks: folding.stacks,
    values: profile.values.map(samples => foldedSamples(samples, folding)),
    sequences: profile.sequences.map(sequence => ({
      ...sequence,
      stack: sequence.stack.map(stack => (stack === NOT_SELECTED ? stack : at(folding.stackOf, stack))),
    })),
  }
}
