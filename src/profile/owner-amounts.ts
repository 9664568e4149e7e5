// The functions of one owner after the other.

import { at } from './columns.js'
import { type FunctionAmounts, functionsOf, isHeavier } from './functions.js'
import {
  type FrameIndex,
  NO_CALLER,
  type Profile,
  type StackIndex,
  samplesOf,
  type ValueSamples,
  type ValueType,
} from './profile.js'

/** A function of the current owner. */
type OwnedFunction = { -readonly [Key in keyof FunctionAmounts]: FunctionAmounts[Key] } & {
  /** The first of all its frames. */
  readonly first: number
}

export class OwnerAmounts {
  readonly #profile: Profile
  readonly #samples: ValueSamples
  readonly #functionOf: Int32Array
  #functions: OwnedFunction[] = []
  /** By function: its position in `#functions`, valid where that is the function's own. */
  readonly #positionOf: Int32Array
  /** By function: the last row that has counted it, because recursion counts once. */
  readonly #counted: Int32Array
  /** By frame, of those in `#leaves`. */
  readonly #self: Float64Array
  #leaves: FrameIndex[] = []
  /** Sum of all rows. */
  #sampled = 0

  constructor(profile: Profile, value: ValueType) {
    this.#profile = profile
    this.#samples = samplesOf(profile, value)
    this.#functionOf = functionsOf(profile.frames)
    this.#self = new Float64Array(profile.frames.length)
    this.#positionOf = new Int32Array(profile.frames.length)
    this.#counted = new Int32Array(profile.frames.length).fill(-1)
  }

  // Columns are read without `at`, which is slow because it sees columns of all types: this is the innermost loop.
  add(row: number): void {
    const { stacks, frames } = this.#profile
    const { stack: leaves, weight: weights, count: counts } = this.#samples
    const weight = weights[row] ?? 0
    this.#sampled += weight
    const sampled = at(leaves, row)
    const isStanding = at(frames, at(stacks.frame, sampled)).category === 'idle'
    const leaf: StackIndex | typeof NO_CALLER = isStanding ? at(stacks.caller, sampled) : sampled
    if (leaf === NO_CALLER) return
    this.#addLeaf(at(stacks.frame, leaf), weight)
    for (let stack: number = leaf; stack >= 0; stack = stacks.caller[stack] ?? NO_CALLER) {
      const own = this.#functionOf[stacks.frame[stack] ?? NO_CALLER]
      if (own === undefined || this.#counted[own] === row) continue
      this.#counted[own] = row
      const found = this.#function(own)
      found.total += weight
      if (stack !== leaf) continue
      found.self += weight
      found.count += counts[row] ?? 0
    }
  }

  /** What was added since the last call. */
  take(): { functions: FunctionAmounts[]; sampled: number } {
    const [functions, sampled] = [this.#functions, this.#sampled]
    for (const leaf of this.#leaves) {
      const found = this.#function(at(this.#functionOf, leaf))
      const amounts = { frames: this.#profile.frames, self: this.#self }
      if (isHeavier(amounts, leaf, found.frame)) found.frame = leaf
    }
    for (const leaf of this.#leaves) this.#self[leaf] = 0
    this.#leaves = []
    this.#functions = []
    this.#sampled = 0
    return { functions, sampled }
  }

  #addLeaf(frame: FrameIndex, weight: number): void {
    const before = this.#self[frame] ?? 0
    if (before === 0) this.#leaves.push(frame)
    this.#self[frame] = before + weight
  }

  #function(first: number): OwnedFunction {
    const known = this.#functions[this.#positionOf[first] ?? 0]
    if (known?.first === first) return known
    const added = { first, frame: first as FrameIndex, self: 0, total: 0, count: 0 }
    this.#positionOf[first] = this.#functions.push(added) - 1
    return added
  }
}
