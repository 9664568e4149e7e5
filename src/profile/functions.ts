// Functions instead of frames, one row each in tables. If a transformer and other code call one, it has a frame for each category.

import { getOrMake, increase, onceForEach } from './columns.js'
import { compareFrames, isFunction } from './frame.js'
import { compareText } from './order.js'
import {
  type Category,
  type Frame,
  type FrameIndex,
  type Profile,
  samplesOf,
  TIMES,
  type ValueType,
} from './profile.js'
import { amountsByStack, rankAmounts, rankBy, type StackAmounts } from './rank.js'

/** Amounts are in the unit of the value that was ranked. */
export interface FunctionAmounts {
  /** The function's frame with the largest self amount; the function has its category. */
  readonly frame: FrameIndex
  readonly self: number
  /** Includes everything that the function called; recursion counts once. */
  readonly total: number
  /** Periodic samples whose innermost frame is the function's. */
  readonly count: number
}

type PlacedFrames = readonly Pick<Frame, 'name' | 'file' | 'line' | 'column'>[]

/** Returns for each frame the first frame of the same function, which identifies the function. Computed once for the same frames. */
export const functionsOf = onceForEach((frames: PlacedFrames): Int32Array => {
  const byFile = new Map<string, Map<string, number>>()
  return Int32Array.from(frames, ({ name, file, line, column }, frame) => {
    const known = getOrMake(byFile, file, () => new Map<string, number>())
    return getOrMake(known, `${line}:${column}:${name}`, () => frame)
  })
})

/** Returns every function that was on a stack, in no particular order. */
export function rankFunctions(profile: Profile, value: ValueType = TIMES.cpu): readonly FunctionAmounts[] {
  return value === TIMES.cpu ? rankedByCpu(profile) : rankedBy(profile, value)
}

/** Most tables need it. */
const rankedByCpu = onceForEach((profile: Profile) => rankedBy(profile, TIMES.cpu))

function rankedBy(profile: Profile, value: ValueType): readonly FunctionAmounts[] {
  const functionOf = functionsOf(profile.frames)
  const amounts = amountsByStack(profile, samplesOf(profile, value))
  const heaviest = heaviestFrames(profile, functionOf, amounts)
  const ranked = rankAmounts(
    profile,
    (frame, index) => (isFunction(frame) ? functionOf[index] : undefined),
    amounts,
  )
  return ranked.map(({ key, ...amounts }) => ({ frame: heaviest[key] as FrameIndex, ...amounts }))
}

/** Returns for each name the category with most CPU time. */
export function mainCategories(
  profile: Profile,
  nameOf: (frame: Frame) => string | undefined,
): ReadonlyMap<string, Category> {
  const times = new Map<string, Map<Category, number>>()
  for (const { key, self } of rankBy(profile, (_frame, index) => index)) {
    const frame = profile.frames[key]
    const name = frame && nameOf(frame)
    if (frame === undefined || name === undefined) continue
    const known = getOrMake(times, name, () => new Map<Category, number>())
    increase(known, frame.category, self)
  }
  return new Map([...times].map(([name, categories]) => [name, mainCategory(categories)]))
}

export function mainCategory(times: ReadonlyMap<Category, number>): Category {
  const ranked = [...times].toSorted(([a, timeA], [b, timeB]) => timeB - timeA || compareText(a, b))
  return ranked[0]?.[0] ?? 'program'
}

/** Returns, by the first frame of each function, its frame with the largest self amount. */
function heaviestFrames(
  { frames, stacks }: Profile,
  functionOf: Int32Array,
  { weight }: StackAmounts,
): Int32Array {
  const self = new Float64Array(frames.length)
  weight.forEach((amount, stack) => {
    const frame = stacks.frame[stack] ?? -1
    self[frame] = (self[frame] ?? 0) + amount
  })
  const heaviest = functionOf.slice()
  functionOf.forEach((own, frame) => {
    const known = heaviest[own] ?? own
    if (isHeavier({ frames, self }, frame, known)) heaviest[own] = frame
  })
  return heaviest
}

/** Whether a frame has a larger self amount. Equal frames are ordered by their fields, not by the order of recordings. */
export function isHeavier(
  { frames, self }: { frames: readonly Frame[]; self: Float64Array },
  frame: number,
  known: number,
): boolean {
  const [a, b] = [frames[frame], frames[known]]
  const difference = (self[frame] ?? 0) - (self[known] ?? 0)
  return difference > 0 || (difference === 0 && a !== undefined && b !== undefined && compareFrames(a, b) < 0)
}
