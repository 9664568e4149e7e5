// Which functions cost an owner of time (a test, a group, a file) most, and which owners a function costs most.

import { at } from '../profile/columns.js'
import { compareFrames, isFunction } from '../profile/frame.js'
import type { FrameIndex, Microseconds, Profile, Scope } from '../profile/profile.js'

export interface FunctionTime {
  readonly frame: FrameIndex
  self: Microseconds
  total: Microseconds
  count: number
}

/** Names the owner of a scope's time; undefined: nobody of interest. */
export type OwnerOf = (scope: Scope) => string | undefined

/** For each owner, its `most` functions with the most self time. */
export function functionsByOwner(
  profile: Profile,
  ownerOf: OwnerOf,
  most: number,
): Map<string, FunctionTime[]> {
  const owners = profile.scopes.map(ownerOf)
  const times = selfTimes(profile, owners)
  const frameOf = ({ frame }: FunctionTime) => at(profile.frames, frame)
  const top = new Map<string, Map<FrameIndex, FunctionTime>>()
  for (const [owner, functions] of times) {
    const ranked = [...functions.values()]
      .filter(entry => isFunction(frameOf(entry)))
      .toSorted((a, b) => b.self - a.self || compareFrames(frameOf(a), frameOf(b)))
      .slice(0, most)
    top.set(owner, new Map(ranked.map(entry => [entry.frame, entry])))
  }
  addTotals(profile, owners, (owner, frame) => top.get(owner)?.get(frame))
  return new Map([...top].map(([owner, functions]) => [owner, [...functions.values()]]))
}

/** For each of the given functions, the time of every owner that ran it. */
export function ownersOfFunctions(
  profile: Profile,
  ownerOf: OwnerOf,
  functions: ReadonlySet<FrameIndex>,
): Map<FrameIndex, Map<string, FunctionTime>> {
  const owners = profile.scopes.map(ownerOf)
  const times = selfTimes(profile, owners, functions)
  addTotals(profile, owners, (owner, frame) => {
    if (!functions.has(frame)) return undefined
    const ofOwner = times.get(owner) ?? new Map<FrameIndex, FunctionTime>()
    times.set(owner, ofOwner)
    const entry = ofOwner.get(frame) ?? { frame, self: 0, total: 0, count: 0 }
    ofOwner.set(frame, entry)
    return entry
  })
  const result = new Map<FrameIndex, Map<string, FunctionTime>>(
    [...functions].map(frame => [frame, new Map()]),
  )
  for (const [owner, ofOwner] of times) {
    for (const [frame, time] of ofOwner) result.get(frame)?.set(owner, time)
  }
  return result
}

function selfTimes(profile: Profile, owners: (string | undefined)[], only?: ReadonlySet<FrameIndex>) {
  const { samples, stacks, frames } = profile
  const times = new Map<string, Map<FrameIndex, FunctionTime>>()
  samples.stack.forEach((stack, row) => {
    const owner = at(owners, at(samples.scope, row))
    const frame = at(stacks.frame, stack)
    if (owner === undefined || at(frames, frame).category === 'idle') return
    if (only !== undefined && !only.has(frame)) return
    const functions = times.get(owner) ?? new Map<FrameIndex, FunctionTime>()
    const entry = functions.get(frame) ?? { frame, self: 0, total: 0, count: 0 }
    entry.self += at(samples.weight, row)
    entry.count += at(samples.count, row)
    functions.set(frame, entry)
    times.set(owner, functions)
  })
  return times
}

// CPU time on whose stack the function is; recursion counts once.
function addTotals(
  { samples, stacks, frames }: Profile,
  owners: (string | undefined)[],
  entryOf: (owner: string, frame: FrameIndex) => FunctionTime | undefined,
): void {
  samples.stack.forEach((leaf, row) => {
    const owner = at(owners, at(samples.scope, row))
    if (owner === undefined || at(frames, at(stacks.frame, leaf)).category === 'idle') return
    const seen = new Set<FrameIndex>()
    for (let stack: number = leaf; stack >= 0; stack = at(stacks.caller, stack)) {
      const frame = at(stacks.frame, stack)
      const entry = entryOf(owner, frame)
      if (entry === undefined || seen.has(frame)) continue
      seen.add(frame)
      entry.total += at(samples.weight, row)
    }
  })
}
