// Which functions take an owner (a test, a group, a file) most time, and which owners a function takes most time. Owners are
// visited one by one: memory holds the functions of one owner, however many tests there are.

import { at } from './columns.js'
import { compareFrames, isFunction } from './frame.js'
import { type FunctionAmounts, functionsOf, isHeavier } from './functions.js'
import { compareText } from './order.js'
import {
  type FrameIndex,
  type Microseconds,
  NO_CALLER,
  type Profile,
  type StackIndex,
  samplesOf,
  TIMES,
  type ValueSamples,
  type ValueType,
} from './profile.js'
import { type OwnerOf, rowsByOwner } from './rows-by-owner.js'

/** An owner's CPU time by the clock, which its functions share; undefined if only samples are known. */
export type CpuOf = (owner: string) => Microseconds | undefined

/** What is ranked, and how its amounts are scaled. */
interface TimeMeasure {
  /** Default: CPU time. */
  readonly value?: ValueType
  readonly cpuOf?: CpuOf
}

/** Returns for each owner its `most` functions with the largest self amounts. */
export function functionsByOwner(
  profile: Profile,
  ownerOf: OwnerOf,
  { most, ...measure }: { most: number } & TimeMeasure,
): Map<string, FunctionAmounts[]> {
  const frameOf = ({ frame }: FunctionAmounts) => at(profile.frames, frame)
  const top = new Map<string, FunctionAmounts[]>()
  forEachOwner(profile, { ownerOf, ...measure }, (owner, functions) => {
    const ranked = functions
      .filter(entry => entry.self > 0 && isFunction(frameOf(entry)))
      .toSorted((a, b) => b.self - a.self || compareFrames(frameOf(a), frameOf(b)))
    top.set(owner, ranked.slice(0, most))
  })
  return top
}

export interface OwnerAmount {
  readonly owner: string
  readonly self: number
  readonly total: number
}

/**
 * Returns the `most` owners with the largest totals for each function, the largest first. Functions are given by any of their
 * frames; `textOf` orders equal totals.
 */
export function ownersOfFunctions(
  profile: Profile,
  ownerOf: OwnerOf,
  {
    functions,
    most,
    textOf,
    ...measure
  }: {
    functions: ReadonlySet<FrameIndex>
    most: number
    textOf: (owner: string) => string
  } & TimeMeasure,
): Map<FrameIndex, OwnerAmount[]> {
  const functionOf = functionsOf(profile.frames)
  const found = new Map([...functions].map(frame => [frame, [] as OwnerAmount[]]))
  const byFunction = new Map([...found].map(([frame, owners]) => [functionOf[frame], owners]))
  const compare = (a: OwnerAmount, b: OwnerAmount) =>
    b.total - a.total || compareText(textOf(a.owner), textOf(b.owner))
  forEachOwner(profile, { ownerOf, ...measure }, (owner, times) => {
    for (const { frame, self, total } of times) {
      const costliest = byFunction.get(functionOf[frame])
      if (costliest === undefined) continue
      const last = costliest[most - 1]
      const entry = { owner, self, total }
      if (last !== undefined && compare(entry, last) >= 0) continue
      costliest.push(entry)
      costliest.sort(compare).splice(most)
    }
  })
  return found
}

/** Returns the number of owners that have each function on a stack, for functions that are given by any of their frames. */
export function countOwners(
  profile: Profile,
  ownerOf: OwnerOf,
  functions: ReadonlySet<FrameIndex>,
): Map<FrameIndex, number> {
  const { stacks, frames, scopes } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const { owners, starts, rows } = rowsByOwner(scopes, samples, ownerOf)
  const functionOf = functionsOf(frames)
  const counts = new Int32Array(frames.length)
  // The last owner that had each stack, and each function: the callers of a known stack are known, too.
  const ofStack = new Int32Array(stacks.frame.length).fill(-1)
  const ofFunction = new Int32Array(frames.length).fill(-1)
  for (let owner = 0; owner < owners.length; owner++) {
    for (let place = starts[owner] ?? 0; place < (starts[owner + 1] ?? 0); place++) {
      let stack: number = samples.stack[rows[place] ?? 0] ?? NO_CALLER
      while (stack >= 0 && ofStack[stack] !== owner) {
        ofStack[stack] = owner
        const own = functionOf[stacks.frame[stack] ?? 0] ?? 0
        if (ofFunction[own] !== owner) {
          ofFunction[own] = owner
          counts[own] = (counts[own] ?? 0) + 1
        }
        stack = stacks.caller[stack] ?? NO_CALLER
      }
    }
  }
  return new Map([...functions].map(frame => [frame, at(counts, at(functionOf, frame))]))
}

/** Calls `visit` with the functions of each owner, scaled to its CPU time: a sample may represent more time than a short test. */
function forEachOwner(
  profile: Profile,
  { ownerOf, value = TIMES.cpu, cpuOf = () => undefined }: { ownerOf: OwnerOf } & TimeMeasure,
  visit: (owner: string, functions: readonly FunctionAmounts[]) => void,
): void {
  const amounts = new OwnerAmounts(profile, value)
  const { owners, starts, rows } = rowsByOwner(profile.scopes, samplesOf(profile, value), ownerOf)
  owners.forEach((owner, index) => {
    for (const row of rows.subarray(starts[index], starts[index + 1])) amounts.add(row)
    const { functions, sampled } = amounts.take()
    const cpu = cpuOf(owner)
    visit(owner, cpu === undefined || sampled === 0 ? functions : scaled(functions, cpu / sampled))
  })
}

function scaled(functions: readonly FunctionAmounts[], factor: number): FunctionAmounts[] {
  return functions.map(({ frame, self, total, count }) => ({
    frame,
    self: self * factor,
    total: total * factor,
    count,
  }))
}

type OwnedFunction = { -readonly [Key in keyof FunctionAmounts]: FunctionAmounts[Key] } & {
  readonly first: number
}

/** The functions of one owner at a time. */
class OwnerAmounts {
  readonly #profile: Profile
  readonly #samples: ValueSamples
  readonly #functionOf: Int32Array
  #functions: OwnedFunction[] = []
  /** By function, its position in `#functions`; valid only if that entry is the same function. */
  readonly #positionOf: Int32Array
  /** By function, the last row that counted it: recursion counts once. */
  readonly #counted: Int32Array
  /** Self amounts by frame, for the frames in `#leaves`. */
  readonly #self: Float64Array
  #leaves: FrameIndex[] = []
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
    const isIdle = at(frames, at(stacks.frame, sampled)).category === 'idle'
    const leaf: StackIndex | typeof NO_CALLER = isIdle ? at(stacks.caller, sampled) : sampled
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

  /** Returns what was added since the last call. */
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
