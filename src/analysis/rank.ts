// Self and total time of whatever frames have in common: their function, package, file or category.

import { at, increase } from '../profile/columns.js'
import type { Frame, FrameIndex, Microseconds, Profile } from '../profile/profile.js'

export interface Ranked<Key> {
  readonly key: Key
  /** Time in the key's own frames. */
  readonly self: Microseconds
  /** Time in its frames and all they called; recursion counts once. */
  readonly total: Microseconds
  /** Samples whose innermost frame is the key's. */
  readonly count: number
}

/**
 * Every key with time, in no particular order. Frames for which `keyOf` returns undefined, and idle time, count for
 * no key. Linear in stacks times their depth.
 */
export function rankBy<Key>(
  profile: Profile,
  keyOf: (frame: Frame, index: FrameIndex) => Key | undefined,
): Ranked<Key>[] {
  const keys = profile.frames.map((frame, index) =>
    frame.category === 'idle' ? undefined : keyOf(frame, index as FrameIndex),
  )
  const { self, count } = timeByStack(profile)
  const { frame: frameOf, caller: callerOf } = profile.stacks
  const subtree = [...self]
  const selfOf = new Map<Key, Microseconds>()
  const totalOf = new Map<Key, Microseconds>()
  const countOf = new Map<Key, number>()
  // Callees stand behind their callers, so that a stack's subtree is complete when it is reached.
  for (let stack = frameOf.length - 1; stack >= 0; stack--) {
    const caller = at(callerOf, stack)
    const time = at(subtree, stack)
    if (caller >= 0) subtree[caller] = at(subtree, caller) + time
    const key = at(keys, at(frameOf, stack))
    if (key === undefined) continue
    increase(selfOf, key, at(self, stack))
    increase(countOf, key, at(count, stack))
    if (!hasAncestor(profile, keys, stack, key)) increase(totalOf, key, time)
  }
  return [...totalOf].map(([key, total]) => ({
    key,
    total,
    self: selfOf.get(key) ?? 0,
    count: countOf.get(key) ?? 0,
  }))
}

function timeByStack({ stacks, samples, frames }: Profile): { self: Microseconds[]; count: number[] } {
  const self = new Array<number>(stacks.frame.length).fill(0)
  const count = new Array<number>(stacks.frame.length).fill(0)
  samples.stack.forEach((stack, row) => {
    // Below the code that waits it would count as that code's own work.
    if (at(frames, at(stacks.frame, stack)).category === 'idle') return
    self[stack] = at(self, stack) + at(samples.weight, row)
    count[stack] = at(count, stack) + at(samples.count, row)
  })
  return { self, count }
}

function hasAncestor<Key>({ stacks }: Profile, keys: (Key | undefined)[], stack: number, key: Key): boolean {
  for (let caller = at(stacks.caller, stack); caller >= 0; caller = at(stacks.caller, caller)) {
    if (at(keys, at(stacks.frame, caller)) === key) return true
  }
  return false
}
