// Estimates the thread's CPU clock at each reading. On most systems this clock advances in steps: a reading is a lower bound, and
// the true value is less than one step above it. Within these bounds the estimate follows the samples. Thus a step of the clock is
// not reported as time without a core, but a missing core is.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ThreadClock } from '../recording/recording.js'

/** The clock's step: the known one, or a longer one if the readings show it. */
export function longestStep({ time, cpu, step }: ThreadClock): Microseconds {
  let longest = step
  let least = Number.POSITIVE_INFINITY
  for (let reading = 0; reading < time.length; reading++) {
    // By how much the clock advanced beyond the time that passed.
    const ahead = at(cpu, reading) - at(time, reading)
    least = Math.min(least, ahead)
    longest = Math.max(longest, ahead - least)
  }
  return longest
}

/** Returns how long the thread ran between consecutive readings, at most the time passed. `busy`: the same according to samples. */
export function ranBetween(clock: ThreadClock, busy: readonly Microseconds[]): Microseconds[] {
  const { cpu, step } = clock
  const bounds = lowerBounds(clock)
  // Clock according to the samples, minus the clock's bounds; only the change of this difference matters.
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

/** Lower bounds, raised where a later reading requires it: a thread cannot run faster than time passes. */
function lowerBounds({ time, cpu }: ThreadClock): Microseconds[] {
  const bounds = [...cpu]
  for (let reading = bounds.length - 2; reading >= 0; reading--) {
    const needed = at(bounds, reading + 1) - (at(time, reading + 1) - at(time, reading))
    bounds[reading] = Math.max(at(bounds, reading), needed)
  }
  return bounds
}

/** The initial lead that stays within the ranges for the longest time. */
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
