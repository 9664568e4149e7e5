// Self and total amounts of frames grouped by a key, such as their function, package, file or category. Columns are read without
// `at`, which is megamorphic and therefore slow: a large run has millions of stacks.

import { Interner } from './columns.js'
import {
  type Frame,
  type FrameIndex,
  type Profile,
  samplesOf,
  TIMES,
  type ValueSamples,
  type ValueType,
} from './profile.js'

export interface Ranked<Key> {
  readonly key: Key
  /** Amount in the key's own frames. */
  readonly self: number
  /** Amount in the key's frames and everything they called; recursion counts once. */
  readonly total: number
  /** Periodic samples whose innermost frame is the key's. */
  readonly count: number
}

/** Returns every key on a stack with its amounts, unordered. Frames without a key do not count. Linear in stacks times their depth. */
export function rankBy<Key>(
  profile: Profile,
  keyOf: (frame: Frame, index: FrameIndex) => Key | undefined,
  value: ValueType = TIMES.cpu,
): Ranked<Key>[] {
  return rankAmounts(profile, keyOf, amountsByStack(profile, samplesOf(profile, value)))
}

/** As `rankBy`, from amounts by stack. */
export function rankAmounts<Key>(
  profile: Profile,
  keyOf: (frame: Frame, index: FrameIndex) => Key | undefined,
  { weight: self, count }: StackAmounts,
): Ranked<Key>[] {
  const { keys, keyOfFrame } = numberedKeys(profile, keyOf)
  const { frame: frameOf, caller: callerOf } = profile.stacks
  const subtree = self.slice()
  const sums = keys.map(key => ({ key, self: 0, total: 0, count: 0, isOnStack: false }))
  const keyOfStack = (stack: number) => keyOfFrame[frameOf[stack] ?? NONE] ?? NONE
  const hasAncestor = (stack: number, key: number) => {
    for (let caller = callerOf[stack] ?? NONE; caller >= 0; caller = callerOf[caller] ?? NONE)
      if (keyOfStack(caller) === key) return true
    return false
  }
  // Callees come after their callers, so a stack's subtree is complete when the loop reaches it.
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

/** Returns each key once, and for each frame the position of its key or NONE: numbers compare faster than strings. */
function numberedKeys<Key>(
  { frames }: Profile,
  keyOf: (frame: Frame, index: FrameIndex) => Key | undefined,
): { keys: Key[]; keyOfFrame: Int32Array } {
  const keys = new Interner<Key>()
  const keyOfFrame = Int32Array.from(frames, (frame, index) => {
    const key = frame.category === 'idle' ? undefined : keyOf(frame, index as FrameIndex)
    return key === undefined ? NONE : keys.add(key)
  })
  return { keys: keys.all, keyOfFrame }
}

export interface StackAmounts {
  readonly weight: Float64Array
  readonly count: Float64Array
}

/** Returns the amounts of each stack's own samples. Samples of idle frames belong to their caller: the code that waited. */
export function amountsByStack(
  { frames, stacks }: Pick<Profile, 'frames' | 'stacks'>,
  samples: ValueSamples,
): StackAmounts {
  const length = stacks.frame.length
  const weight = new Float64Array(length)
  const count = new Float64Array(length)
  const isIdle = Uint8Array.from(frames, ({ category }) => (category === 'idle' ? 1 : 0))
  const { stack: leaves, weight: weights, count: counts } = samples
  for (let row = 0; row < leaves.length; row++) {
    const leaf: number = leaves[row] ?? NONE
    const stack = isIdle[stacks.frame[leaf] ?? NONE] === 1 ? (stacks.caller[leaf] ?? NONE) : leaf
    if (stack < 0) continue
    weight[stack] = (weight[stack] ?? 0) + (weights[row] ?? 0)
    count[stack] = (count[stack] ?? 0) + (counts[row] ?? 0)
  }
  return { weight, count }
}
