// Self and total time of whatever frames have in common: their function, package, file or category. Columns are read
// without `at`, which is called with columns of all kinds and is slow for it: a large run has millions of stacks.

import type { Frame, FrameIndex, Microseconds, Profile } from './profile.js'

export interface Ranked<Key> {
  readonly key: Key
  /** Time in the key's own frames. */
  readonly self: Microseconds
  /** Time in its frames and all they called; recursion counts once. */
  readonly total: Microseconds
  /** Periodic samples whose innermost frame is the key's. */
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
  const { keys, keyOfFrame } = numberedKeys(profile, keyOf)
  const { self, count } = timeByStack(profile)
  const { frame: frameOf, caller: callerOf } = profile.stacks
  const subtree = self.slice()
  const sums = keys.map(key => ({ key, self: 0, total: 0, count: 0, isOnStack: false }))
  const keyOfStack = (stack: number) => keyOfFrame[frameOf[stack] ?? NONE] ?? NONE
  const hasAncestor = (stack: number, key: number) => {
    for (let caller = callerOf[stack] ?? NONE; caller >= 0; caller = callerOf[caller] ?? NONE)
      if (keyOfStack(caller) === key) return true
    return false
  }
  // Callees stand behind their callers, so that a stack's subtree is complete when it is reached.
  for (let stack = frameOf.length - 1; stack >= 0; stack--) {
    const caller = callerOf[stack] ?? NONE
    const time = subtree[stack] ?? 0
    if (caller >= 0) subtree[caller] = (subtree[caller] ?? 0) + time
    const key = keyOfStack(stack)
    const sum = sums[key]
    if (sum === undefined) continue
    sum.isOnStack = true
    sum.self += self[stack] ?? 0
    sum.count += count[stack] ?? 0
    if (!hasAncestor(stack, key)) sum.total += time
  }
  return sums.flatMap(({ isOnStack, ...sum }) => (isOnStack ? [sum] : []))
}

const NONE = -1

/** Keys once each, and for each frame the position of its own, or NONE: numbers are compared faster than texts. */
function numberedKeys<Key>(
  { frames }: Profile,
  keyOf: (frame: Frame, index: FrameIndex) => Key | undefined,
): { keys: Key[]; keyOfFrame: Int32Array } {
  const positions = new Map<Key, number>()
  const keyOfFrame = Int32Array.from(frames, (frame, index) => {
    const key = frame.category === 'idle' ? undefined : keyOf(frame, index as FrameIndex)
    if (key === undefined) return NONE
    const position = positions.get(key) ?? positions.size
    positions.set(key, position)
    return position
  })
  return { keys: [...positions.keys()], keyOfFrame }
}

function timeByStack({ stacks, samples, frames }: Profile): { self: Float64Array; count: Float64Array } {
  const self = new Float64Array(stacks.frame.length)
  const count = new Float64Array(stacks.frame.length)
  samples.stack.forEach((stack, row) => {
    // Below the code that waits it would count as that code's own work.
    if (frames[stacks.frame[stack] ?? NONE]?.category === 'idle') return
    self[stack] = (self[stack] ?? 0) + (samples.weight[row] ?? 0)
    count[stack] = (count[stack] ?? 0) + (samples.count[row] ?? 0)
  })
  return { self, count }
}
