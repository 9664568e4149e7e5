// The functions of one owner of time after the other.

import { at } from './columns.js'
import { type FunctionTime, isHeavier } from './functions.js'
import { functionsOf } from './functions-of.js'
import { type FrameIndex, type Microseconds, NO_CALLER, type Profile } from './profile.js'

/** A function of one owner. */
type Entry = { -readonly [Key in keyof FunctionTime]: FunctionTime[Key] } & {
  /** The first of all its frames. */
  readonly first: number
}

export class OwnerTimes {
  readonly #profile: Profile
  readonly #functionOf: Int32Array
  #entries: Entry[] = []
  /** By function: its entry in `#entries`, valid where that is the function's own. */
  readonly #entryOf: Int32Array
  /** By function: the last row that has counted it, because recursion counts once. */
  readonly #counted: Int32Array
  /** By frame, of those in `#leaves`. */
  readonly #self: Float64Array
  #leaves: FrameIndex[] = []
  /** Of all rows. */
  #sampled: Microseconds = 0

  constructor(profile: Profile) {
    this.#profile = profile
    this.#functionOf = functionsOf(profile.frames)
    this.#self = new Float64Array(profile.frames.length)
    this.#entryOf = new Int32Array(profile.frames.length)
    this.#counted = new Int32Array(profile.frames.length).fill(-1)
  }

  // Columns are read without `at`, which is slow for being called with columns of all kinds: this is the innermost loop.
  add(row: number): void {
    const { samples, stacks, frames } = this.#profile
    const leaf = at(samples.stack, row)
    if (at(frames, at(stacks.frame, leaf)).category === 'idle') return
    const weight = at(samples.weight, row)
    this.#sampled += weight
    this.#addLeaf(at(stacks.frame, leaf), weight)
    for (let stack: number = leaf; stack >= 0; stack = stacks.caller[stack] ?? NO_CALLER) {
      const own = this.#functionOf[stacks.frame[stack] ?? NO_CALLER]
      if (own === undefined || this.#counted[own] === row) continue
      this.#counted[own] = row
      const entry = this.#entry(own)
      entry.total += weight
      if (stack !== leaf) continue
      entry.self += weight
      entry.count += at(samples.count, row)
    }
  }

  /** What was added since the last time. */
  take(): { functions: FunctionTime[]; sampled: Microseconds } {
    const [functions, sampled] = [this.#entries, this.#sampled]
    for (const leaf of this.#leaves) {
      const entry = this.#entry(at(this.#functionOf, leaf))
      const times = { frames: this.#profile.frames, self: this.#self }
      if (isHeavier(times, leaf, entry.frame)) entry.frame = leaf
    }
    for (const leaf of this.#leaves) this.#self[leaf] = 0
    this.#leaves = []
    this.#entries = []
    this.#sampled = 0
    return { functions, sampled }
  }

  #addLeaf(frame: FrameIndex, weight: Microseconds): void {
    const before = this.#self[frame] ?? 0
    if (before === 0) this.#leaves.push(frame)
    this.#self[frame] = before + weight
  }

  #entry(first: number): Entry {
    const known = this.#entries[this.#entryOf[first] ?? 0]
    if (known?.first === first) return known
    const entry = { first, frame: first as FrameIndex, self: 0, total: 0, count: 0 }
    this.#entryOf[first] = this.#entries.push(entry) - 1
    return entry
  }
}
