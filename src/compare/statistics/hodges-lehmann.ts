// By how much the figures of two sides lie apart: the estimate of Hodges and Lehmann, and the interval that goes with the
// Mann-Whitney test (Hollander and Wolfe, "Nonparametric Statistical Methods", 4.3): from the differences of all pairs.

import { MOST_EXACT, rankSums } from './mann-whitney.js'
import { Z_95 } from './normal-distribution.js'

export interface Shift {
  /** Head against base: the median of the differences. */
  readonly estimate: number
  /** It covers the true shift in 95 of 100 cases or more. */
  readonly interval: readonly [low: number, high: number]
}

/** Keeps what depends on the number of figures alone. */
export class Shifts {
  readonly #cuts = new Map<string, number>()

  /** Null where there are too few for any interval of 95 %, as three and three are. */
  of(base: readonly number[], head: readonly number[]): Shift | null {
    const cut = this.#cut(base.length, head.length)
    const differences = differencesOf(base, head).sort()
    const [low, high] = [differences[cut - 1], differences[differences.length - cut]]
    if (low === undefined || high === undefined) return null
    const middle = (differences.length - 1) / 2
    const estimate = ((differences[Math.floor(middle)] ?? 0) + (differences[Math.ceil(middle)] ?? 0)) / 2
    return { estimate, interval: [low, high] }
  }

  #cut(base: number, head: number): number {
    const key = `${base} ${head}`
    const known = this.#cuts.get(key)
    const cut = known ?? (base + head <= MOST_EXACT ? exactCut(base, head) : approximateCut(base, head))
    this.#cuts.set(key, cut)
    return cut
  }
}

function differencesOf(base: readonly number[], head: readonly number[]): Float64Array {
  const differences = new Float64Array(base.length * head.length)
  base.forEach((a, row) => {
    head.forEach((b, column) => {
      differences[row * head.length + column] = b - a
    })
  })
  return differences
}

// Ties make the interval wider than needed, never narrower.
/** As many differences may be left out at either end, less one, as leave 95 % between; 0: none may. */
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
