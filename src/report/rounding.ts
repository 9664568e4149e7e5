// How figures of the report are rounded: to whole microseconds, which are three decimals of a millisecond.

import type { Microseconds } from '../profile/profile.js'

/** Microseconds as milliseconds with three decimals. */
export function toMs(micros: Microseconds): number {
  return Math.round(micros) / 1000
}

/** The sum of milliseconds; null where one of them is unknown. */
export function sumIfKnown(amounts: readonly (number | null)[]): number | null {
  return amounts.includes(null)
    ? null
    : roundMs(amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0))
}

/** Milliseconds with three decimals. */
export function roundMs(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
