// Whether figures of two sides differ by more than their scatter: Mann and Whitney's test, two-sided. It takes no shape of
// scatter for granted; times are skewed, and a sampler's are full of ties at zero.

import { normalTails } from './normal-distribution.js'
import { choices, MOST_EXACT, type RankSums, rankSums } from './rank-sums.js'

export interface RankTest {
  /**
   * How likely the ranks of one side are to be as far from their mean as these, or farther, if runs were dealt out to the
   * sides at random: exact, given the ties.
   */
  readonly p: number
  /** 1: head lies above base; -1: below. */
  readonly direction: -1 | 0 | 1
}

/** Keeps what depends on the ranks alone: figures without ties all have the same. */
export class MannWhitney {
  readonly #sums = new Map<string, RankSums>()

  test(base: readonly number[], head: readonly number[]): RankTest {
    const ranks = doubledRanks([...base, ...head])
    const size = base.length
    const sum = ranks.slice(0, size).reduce((total, rank) => total + rank, 0)
    // Twice the mean of the ranks is a whole number: one more than there are.
    const expected = size * (ranks.length + 1)
    const distance = Math.abs(sum - expected)
    if (distance === 0) return { p: 1, direction: 0 }
    const direction = sum < expected ? 1 : -1
    if (ranks.length > MOST_EXACT) return { p: approximate(ranks, size, distance), direction }
    const { counts, all } = this.#distribution(ranks, size)
    const asFar = counts.reduce(
      (total, count, other) => (Math.abs(other - expected) >= distance ? total + count : total),
      0,
    )
    return { p: asFar / all, direction }
  }

  #distribution(ranks: readonly number[], size: number): RankSums {
    const ascending = ranks.toSorted((a, b) => a - b)
    const key = `${size} of ${ascending}`
    const known = this.#sums.get(key) ?? rankSums(ascending, size)
    this.#sums.set(key, known)
    return known
  }
}

/** What figures without ties come to at the least: all of one side above all of the other. */
export function leastP(base: number, head: number): number {
  return Math.min(1, 2 / choices(base + head, base))
}

// With the correction for ties, and for continuity: doubled sums go in steps of one at the least, and of two without ties.
function approximate(ranks: readonly number[], size: number, distance: number): number {
  const count = ranks.length
  const mean = count + 1
  const spread = ranks.reduce((total, rank) => total + (rank - mean) ** 2, 0)
  const variance = (size * (count - size) * spread) / (count * (count - 1))
  return variance === 0 ? 1 : normalTails(Math.max(0, distance - 1) / Math.sqrt(variance))
}

/** Ranks from 1, ties at their mean; doubled, so that they are whole numbers. */
function doubledRanks(values: readonly number[]): number[] {
  const ascending = values.toSorted((a, b) => a - b)
  const first = new Map<number, number>()
  const last = new Map<number, number>()
  ascending.forEach((value, index) => {
    if (!first.has(value)) first.set(value, index + 1)
    last.set(value, index + 1)
  })
  return values.map(value => (first.get(value) ?? 0) + (last.get(value) ?? 0))
}
