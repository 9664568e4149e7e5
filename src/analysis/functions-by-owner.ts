// Which functions cost an owner of time (a test, a group, a file) most, and which owners a function costs most. Owners
// are gone through one by one: memory holds the functions of one at a time, however many tests there are.

import { at } from '../profile/columns.js'
import { compareFrames, compareText, isFunction } from '../profile/frame.js'
import { type FrameIndex, type Microseconds, NO_CALLER, type Profile } from '../profile/profile.js'
import { type OwnerOf, rowsByOwner } from './rows-by-owner.js'

export interface FunctionTime {
  readonly frame: FrameIndex
  self: Microseconds
  /** CPU time on whose stack the function is; recursion counts once. */
  total: Microseconds
  /** Periodic samples whose innermost frame is the function's. */
  count: number
}

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

/** For each of the given functions, its `most` owners with the most total time; `textOf` orders equals. */
export function ownersOfFunctions(
  profile: Profile,
  ownerOf: OwnerOf,
  {
    functions,
    most,
    textOf,
  }: { functions: ReadonlySet<FrameIndex>; most: number; textOf: (owner: string) => string },
): Map<FrameIndex, OwnersOfFunction> {
  const found = new Map([...functions].map(frame => [frame, { count: 0, costliest: [] as OwnerTime[] }]))
  const compare = (a: OwnerTime, b: OwnerTime) =>
    b.total - a.total || compareText(textOf(a.owner), textOf(b.owner))
  forEachOwner(profile, ownerOf, (owner, times) => {
    for (const { frame, self, total } of times) {
      const ofFunction = found.get(frame)
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

class OwnerTimes {
  readonly #profile: Profile
  #entries: FunctionTime[] = []
  /** Of each frame its entry in `#entries`, valid where that is the frame's own. */
  readonly #entryOf: Int32Array
  /** Of each frame the last row that has counted it: recursion counts once. */
  readonly #counted: Int32Array

  constructor(profile: Profile) {
    this.#profile = profile
    this.#entryOf = new Int32Array(profile.frames.length)
    this.#counted = new Int32Array(profile.frames.length).fill(-1)
  }

  // Columns are read without `at`, which is slow for being called with columns of all kinds: this is the innermost loop.
  add(row: number): void {
    const { samples, stacks, frames } = this.#profile
    const leaf = at(samples.stack, row)
    if (at(frames, at(stacks.frame, leaf)).category === 'idle') return
    const weight = at(samples.weight, row)
    for (let stack: number = leaf; stack >= 0; stack = stacks.caller[stack] ?? NO_CALLER) {
      const frame = stacks.frame[stack]
      if (frame === undefined || this.#counted[frame] === row) continue
      this.#counted[frame] = row
      const entry = this.#entry(frame)
      entry.total += weight
      if (stack !== leaf) continue
      entry.self += weight
      entry.count += at(samples.count, row)
    }
  }

  /** What was added since the last time. */
  take(): FunctionTime[] {
    const entries = this.#entries
    this.#entries = []
    return entries
  }

  #entry(frame: FrameIndex): FunctionTime {
    const known = this.#entries[this.#entryOf[frame] ?? 0]
    if (known?.frame === frame) return known
    const entry = { frame, self: 0, total: 0, count: 0 }
    this.#entryOf[frame] = this.#entries.push(entry) - 1
    return entry
  }
}
