// The shift between the figures of two sides: the Hodges-Lehmann estimate, and the interval that corresponds to the
// Mann-Whitney test (Hollander and Wolfe, "Nonparametric Statistical Methods", 4.3), from the differences of all pairs.

import { cross, median } from 'd3-array'
import { MOST_EXACT, rankSums } from './mann-whitney.js'
import { Z_95 } from './normal-distribution.js'

export interface Shift {
  /** Head minus base: the median of the differences. */
  readonly estimate: number
  /** Contains the true shift with a probability of at least 95 %. */
  readonly interval: readonly [low: number, high: number]
}

/** Caches cuts, which depend only on the numbers of figures. */
export class Shifts {
  readonly #cuts = new Map<string, number>()

  /** Null if there are too few figures for a 95 % interval, such as three and three. */
  of(base: readonly number[], head: readonly number[]): Shift | null {
    const cut = this.#cut(base.length, head.length)
    const differences = Float64Array.from(cross(base, head, (a, b) => b - a)).sort()
    const [low, high] = [differences[cut - 1], differences[differences.length - cut]]
    if (low === undefined || high === undefined) return null
    return { estimate: median(differences) ?? 0, interval: [low, high] }
  }

  #cut(base: number, head: number): number {
    const key = `${base} ${head}`
    const known = this.#cuts.get(key)
    const cut = known ?? (base + head <= MOST_EXACT ? exactCut(base, head) : approximateCut(base, head))
    this.#cuts.set(key, cut)
    return cut
  }
}

/**
 * The interval begins at the difference of this rank and ends at the same rank from the end; 0: no interval has 95 %. Ties
 * make the interval wider than needed, never narrower.
 */
function exactCut(base: number, head: number): number {
  const ranks = Array.from({ length: base + head }, (_, index) => index + 1)
  const { counts, all } = rankSums(ranks, base)
  const least = (base * (base + 1)) / 2
  let cut = 0
  for (let below = counts[least] ?? 0; below / all <= 0.025; below += counts[least + cut] ?? 0) cut++
  return cut
}

function approximateCut(base: number, head: number): number {
  const deviation = Math.sqrt((base * head * (base + head + 1)) / 12)
  return Math.max(0, Math.floor((base * head) / 2 - Z_95 * deviation))
}
