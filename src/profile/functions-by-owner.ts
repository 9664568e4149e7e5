// Which functions cost an owner (a test, a group, a file) most, and which owners a function costs most. Owners are visited
// one by one: memory holds the functions of one at a time, however many tests there are.

import { at } from './columns.js'
import { compareFrames, isFunction } from './frame.js'
import { type FunctionAmounts, functionsOf } from './functions.js'
import { compareText } from './order.js'
import { OwnerAmounts } from './owner-amounts.js'
import {
  type FrameIndex,
  type Microseconds,
  type Profile,
  samplesOf,
  TIMES,
  type ValueType,
} from './profile.js'
import { type OwnerOf, rowsByOwner } from './rows-by-owner.js'

/** An owner's CPU time by the clock, which its functions share; undefined where only samples are known. */
export type CpuOf = (owner: string) => Microseconds | undefined

/** What is ranked, and how its amounts are scaled. */
interface TimeMeasure {
  /** CPU time without it. */
  readonly value?: ValueType
  readonly cpuOf?: CpuOf
}

/** For each owner, its `most` functions with the largest self amounts. */
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

export interface OwnersOfFunction {
  /** How many owners ran it. */
  count: number
  /** Those that it costs most, the most expensive first. */
  readonly costliest: OwnerAmount[]
}

/** For each of the given functions, by any of its frames, its `most` owners with the largest totals; `textOf` orders equals. */
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
): Map<FrameIndex, OwnersOfFunction> {
  const functionOf = functionsOf(profile.frames)
  const found = new Map([...functions].map(frame => [frame, { count: 0, costliest: [] as OwnerAmount[] }]))
  const byFunction = new Map([...found].map(([frame, owners]) => [functionOf[frame], owners]))
  const compare = (a: OwnerAmount, b: OwnerAmount) =>
    b.total - a.total || compareText(textOf(a.owner), textOf(b.owner))
  forEachOwner(profile, { ownerOf, ...measure }, (owner, times) => {
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

/**
 * `functions`: all that were on the owner's stacks, in no particular order. A sample stands for the time until the next one, which
 * may be more than a short test took: its functions are scaled so that they are no longer than it.
 */
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
    if (cpu === undefined || sampled === 0) visit(owner, functions)
    else visit(owner, scaled(functions, cpu / sampled))
  })
}

function scaled(functions: readonly FunctionAmounts[], factor: number): FunctionAmounts[] {
  if (factor === 1) return [...functions]
  return functions.map(({ frame, self, total, count }) => ({
    frame,
    self: self * factor,
    total: total * factor,
    count,
  }))
}
