// Where the thread's own clock stands at each reading. It goes in steps on most systems: a reading is a lower bound, and the
// truth lies less than a step above it. Within these bounds it is taken to follow the samples, and to leave them only where it must:
// then a step of the clock is not told as time without a core, and a core that is missing is.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ThreadClock } from '../recording/recording.js'

/** In what steps the clock goes: in those that it is known for, or where readings show longer ones, in these. */
export function longestStep({ time, cpu, step }: ThreadClock): Microseconds {
  let longest = step
  let least = Number.POSITIVE_INFINITY
  for (let reading = 0; reading < time.length; reading++) {
    // What the clock went on by in less time than that.
    const ahead = at(cpu, reading) - at(time, reading)
    least = Math.min(least, ahead)
    longest = Math.max(longest, ahead - least)
  }
  return longest
}

/**
 * For each pair of readings, one after the other, for how long the thread ran between them. `busy`: for how long samples saw
 * it run there. Never more than the time that passed, and never less than none.
 */
export function ranBetween(clock: ThreadClock, busy: readonly Microseconds[]): Microseconds[] {
  const { cpu, step } = clock
  const bounds = lowerBounds(clock)
  // Where samples would have the clock stand, less where it stands: all that matters is how that changes.
  let seen = 0
  const ranges = bounds.map((bound, reading) => {
    const high = seen - bound
    const low = seen - at(cpu, reading) - step
    seen += busy[reading] ?? 0
    return { low, high }
  })
  let lead = firstLead(ranges)
  return busy.map((seenHere, reading) => {
    const before = lead
    const { low, high } = at(ranges, reading + 1)
    lead = Math.min(Math.max(lead, low), high)
    return seenHere - (lead - before)
  })
}

/** A thread runs no faster than time passes: what a later reading shows bounds those before it. */
function lowerBounds({ time, cpu }: ThreadClock): Microseconds[] {
  const bounds = [...cpu]
  for (let reading = bounds.length - 2; reading >= 0; reading--) {
    const needed = at(bounds, reading + 1) - (at(time, reading + 1) - at(time, reading))
    bounds[reading] = Math.max(at(bounds, reading), needed)
  }
  return bounds
}

/** One that can be kept for as long as any. */
function firstLead(ranges: readonly { low: number; high: number }[]): number {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const range of ranges) {
    if (range.low > high) return high
    if (range.high < low) return low
    low = Math.max(low, range.low)
    high = Math.min(high, range.high)
  }
  return high
}
