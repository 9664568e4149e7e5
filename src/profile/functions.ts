// Functions instead of frames: in tables a function is one row, even where it has several frames.

import { increase } from './columns.js'
import { compareFrames, isFunction } from './frame.js'
import { functionsOf } from './functions-of.js'
import { compareText } from './order.js'
import type { Category, Frame, FrameIndex, Microseconds, Profile } from './profile.js'
import { rankBy } from './rank.js'

export interface FunctionTime {
  /** The one of the function's frames with most self time: its category is the function's. */
  readonly frame: FrameIndex
  readonly self: Microseconds
  /** CPU time on whose stack the function is; recursion counts once. */
  readonly total: Microseconds
  /** Periodic samples whose innermost frame is the function's. */
  readonly count: number
}

/** Every function that was on a stack, in no particular order. */
export function rankFunctions(profile: Profile): FunctionTime[] {
  const { frames } = profile
  const functionOf = functionsOf(frames)
  const heaviest = heaviestFrames(profile, functionOf)
  const ranked = rankBy(profile, (frame, index) => (isFunction(frame) ? functionOf[index] : undefined))
  return ranked.map(({ key, ...times }) => ({ frame: heaviest[key] as FrameIndex, ...times }))
}

/** What names with several categories are shown as: for each name the category with most self time. */
export function mainCategories(
  profile: Profile,
  nameOf: (frame: Frame) => string | undefined,
): ReadonlyMap<string, Category> {
  const times = new Map<string, Map<Category, number>>()
  const byFrame = rankBy(profile, (frame, index) => (nameOf(frame) === undefined ? undefined : index))
  for (const { key, self } of byFrame) {
    const frame = profile.frames[key]
    const name = frame && nameOf(frame)
    if (frame === undefined || name === undefined) continue
    const known = times.get(name) ?? new Map<Category, number>()
    times.set(name, known)
    increase(known, frame.category, self)
  }
  return new Map([...times].map(([name, categories]) => [name, mainCategory(categories)]))
}

/** The one with most time. */
export function mainCategory(times: ReadonlyMap<Category, Microseconds>): Category {
  const ranked = [...times].toSorted(([a, timeA], [b, timeB]) => timeB - timeA || compareText(a, b))
  return ranked[0]?.[0] ?? 'program'
}

/** By the first frame of each function, its frame with most self time. */
function heaviestFrames({ frames, stacks, samples }: Profile, functionOf: Int32Array): Int32Array {
  const self = new Float64Array(frames.length)
  samples.stack.forEach((stack, row) => {
    const frame = stacks.frame[stack] ?? -1
    self[frame] = (self[frame] ?? 0) + (samples.weight[row] ?? 0)
  })
  const heaviest = functionOf.slice()
  functionOf.forEach((own, frame) => {
    const known = heaviest[own] ?? own
    if (isHeavier({ frames, self }, frame, known)) heaviest[own] = frame
  })
  return heaviest
}

/** Equals are ordered by what they are, and not by which recording came first. */
export function isHeavier(
  { frames, self }: { frames: readonly Frame[]; self: Float64Array },
  frame: number,
  known: number,
): boolean {
  const [a, b] = [frames[frame], frames[known]]
  const difference = (self[frame] ?? 0) - (self[known] ?? 0)
  return difference > 0 || (difference === 0 && a !== undefined && b !== undefined && compareFrames(a, b) < 0)
}
