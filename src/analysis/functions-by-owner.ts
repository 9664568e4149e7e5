// Which functions cost an owner of time (a test, a group, a file) most, and which owners a function costs most. Owners
// are gone through one by one: memory holds the functions of one at a time, however many tests there are.

import { at } from '../profile/columns.js'
import { compareFrames, compareText, isFunction } from '../profile/frame.js'
import { functionsOf } from '../profile/functions-of.js'
import { type FrameIndex, type Microseconds, NO_CALLER, type Profile } from '../profile/profile.js'
import { type FunctionTime, isHeavier } from './functions.js'
import { type OwnerOf, rowsByOwner } from './rows-by-owner.js'

/** For each owner, its `most` functions with the most self time. */
export function functionsByOwner(
  profile: Profile,
  ownerOf: OwnerOf,
  most: number,
): Map<string, FunctionTime[]> {
  const frameOf = ({ frame }: FunctionTime) => at(profile.frames, frame)
  const top = new Map<string, FunctionTime[]>()
  forEachOwner(profile, ownerOf, (owner, functions) => {
    const ranked = functions
      .filter(entry => entry.self > 0 && isFunction(frameOf(entry)))
      .toSorted((a, b) => b.self - a.self || compareFrames(frameOf(a), frameOf(b)))
    top.set(owner, ranked.slice(0, most))
  })
  return top
}

export interface OwnerTime {
  readonly owner: string
  readonly self: Microseconds
  readonly total: Microseconds
}

export interface OwnersOfFunction {
  /** How many owners ran it. */
  count: number
  /** Those that it costs most, costliest first. */
  readonly costliest: OwnerTime[]
}

/** For each of the given functions, by any of its frames, its `most` owners with the most total time; `textOf` orders equals. */
export function ownersOfFunctions(
  profile: Profile,
  ownerOf: OwnerOf,
  {
    functions,
    most,
    textOf,
  }: { functions: ReadonlySet<FrameIndex>; most: number; textOf: (owner: string) => string },
): Map<FrameIndex, OwnersOfFunction> {
  const functionOf = functionsOf(profile.frames)
  const found = new Map([...functions].map(frame => [frame, { count: 0, costliest: [] as OwnerTime[] }]))
  const byFunction = new Map([...found].map(([frame, owners]) => [functionOf[frame], owners]))
  const compare = (a: OwnerTime, b: OwnerTime) =>
    b.total - a.total || compareText(textOf(a.owner), textOf(b.owner))
  forEachOwner(profile, ownerOf, (owner, times) => {
    for (const { frame, self, total } of times) {
      const ofFunction = byFunction.get(functionOf[frame])
      if (ofFunction === undefined) continue
      ofFunction.count++
      const { costliest } = ofFunction
      const last = costliest[most - 1]
      const entry = { owner, self, total }
      if (last !== undefined && compare(entry, last) >= 0) continue
      costliest.push(entry)
      costliest.sort(compare).splice(most)
    }
  })
  return found
}

/** `functions`: all that were on the owner's stacks, in no particular order. */
function forEachOwner(
  profile: Profile,
  ownerOf: OwnerOf,
  visit: (owner: string, functions: readonly FunctionTime[]) => void,
): void {
  const times = new OwnerTimes(profile)
  const { owners, starts, rows } = rowsByOwner(profile, ownerOf)
  owners.forEach((owner, index) => {
    for (const row of rows.subarray(starts[index], starts[index + 1])) times.add(row)
    visit(owner, times.take())
  })
}

/** A function of one owner. */
type Entry = { -readonly [Key in keyof FunctionTime]: FunctionTime[Key] } & {
  /** The first of all its frames. */
  readonly first: number
}

class OwnerTimes {
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
  take(): FunctionTime[] {
    const entries = this.#entries
    for (const leaf of this.#leaves) {
      const entry = this.#entry(at(this.#functionOf, leaf))
      const times = { frames: this.#profile.frames, self: this.#self }
      if (isHeavier(times, leaf, entry.frame)) entry.frame = leaf
    }
    for (const leaf of this.#leaves) this.#self[leaf] = 0
    this.#leaves = []
    this.#entries = []
    return entries
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
