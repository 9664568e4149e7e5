// Which functions cost an owner of time (a test, a group, a file) most, and which owners a function costs most. Owners
// are gone through one by one: memory holds the functions of one at a time, however many tests there are.

import { at } from './columns.js'
import { compareFrames, isFunction } from './frame.js'
import type { FunctionTime } from './functions.js'
import { functionsOf } from './functions-of.js'
import { compareText } from './order.js'
import { OwnerTimes } from './owner-times.js'
import type { FrameIndex, Microseconds, Profile } from './profile.js'
import { type OwnerOf, rowsByOwner } from './rows-by-owner.js'

/** An owner's CPU time by the clock, which its functions share out; undefined: it is what samples came to. */
export type CpuOf = (owner: string) => Microseconds | undefined

const notKnown: CpuOf = () => undefined

/** For each owner, its `most` functions with the most self time. */
export function functionsByOwner(
  profile: Profile,
  ownerOf: OwnerOf,
  { most, cpuOf = notKnown }: { most: number; cpuOf?: CpuOf },
): Map<string, FunctionTime[]> {
  const frameOf = ({ frame }: FunctionTime) => at(profile.frames, frame)
  const top = new Map<string, FunctionTime[]>()
  forEachOwner(profile, { ownerOf, cpuOf }, (owner, functions) => {
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
    cpuOf = notKnown,
  }: {
    functions: ReadonlySet<FrameIndex>
    most: number
    textOf: (owner: string) => string
    cpuOf?: CpuOf
  },
): Map<FrameIndex, OwnersOfFunction> {
  const functionOf = functionsOf(profile.frames)
  const found = new Map([...functions].map(frame => [frame, { count: 0, costliest: [] as OwnerTime[] }]))
  const byFunction = new Map([...found].map(([frame, owners]) => [functionOf[frame], owners]))
  const compare = (a: OwnerTime, b: OwnerTime) =>
    b.total - a.total || compareText(textOf(a.owner), textOf(b.owner))
  forEachOwner(profile, { ownerOf, cpuOf }, (owner, times) => {
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
 * may be more than a short test took: so that its functions are no longer than it, they are scaled.
 */
function forEachOwner(
  profile: Profile,
  { ownerOf, cpuOf }: { ownerOf: OwnerOf; cpuOf: CpuOf },
  visit: (owner: string, functions: readonly FunctionTime[]) => void,
): void {
  const times = new OwnerTimes(profile)
  const { owners, starts, rows } = rowsByOwner(profile, ownerOf)
  owners.forEach((owner, index) => {
    for (const row of rows.subarray(starts[index], starts[index + 1])) times.add(row)
    const { functions, sampled } = times.take()
    const cpu = cpuOf(owner)
    if (cpu === undefined || sampled === 0) visit(owner, functions)
    else visit(owner, scaled(functions, cpu / sampled))
  })
}

function scaled(functions: readonly FunctionTime[], factor: number): FunctionTime[] {
  if (factor === 1) return [...functions]
  return functions.map(entry => ({ ...entry, self: entry.self * factor, total: entry.total * factor }))
}
