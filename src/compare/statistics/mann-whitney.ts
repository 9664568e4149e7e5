// Whether figures of two sides differ by more than their scatter: Mann and Whitney's test, two-sided. It takes no shape of
// scatter for granted; times are skewed, and a sampler's are full of ties at zero.

import { ascending, descending, rank, sum } from 'd3-array'
import { normalTails } from './normal-distribution.js'

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
    const total = sum(ranks.slice(0, size))
    // Twice the mean of the ranks is a whole number: one more than there are.
    const expected = size * (ranks.length + 1)
    const distance = Math.abs(total - expected)
    if (distance === 0) return { p: 1, direction: 0 }
    const direction = total < expected ? 1 : -1
    if (ranks.length > MOST_EXACT) return { p: approximate(ranks, size, distance), direction }
    const { counts, all } = this.#distribution(ranks, size)
    const asFar = sum(counts, (count, other) => (Math.abs(other - expected) >= distance ? count : 0))
    return { p: asFar / all, direction }
  }

  #distribution(ranks: readonly number[], size: number): RankSums {
    const sorted = ranks.toSorted(ascending)
    const key = `${size} of ${sorted}`
    const known = this.#sums.get(key) ?? rankSums(sorted, size)
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
  const spread = sum(ranks, rank => (rank - mean) ** 2)
  const variance = (size * (count - size) * spread) / (count * (count - 1))
  return variance === 0 ? 1 : normalTails(Math.max(0, distance - 1) / Math.sqrt(variance))
}

/** Ranks from 1, ties at their mean; doubled, so that they are whole numbers. */
function doubledRanks(values: readonly number[]): number[] {
  const [below, above] = [rank(values), rank(values, descending)]
  return values.map((_, index) => values.length + 1 + (below[index] ?? 0) - (above[index] ?? 0))
}

/** More runs than that on both sides together are judged by the normal approximation: the exact way takes too long. */
export const MOST_EXACT = 50

/** The exact distribution of a sum of ranks when labels are dealt out at random: for each possible sum, how many of the choices of ranks have it. */
interface RankSums {
  readonly counts: Float64Array
  readonly all: number
}

/**
 * For all choices of `size` of the scores, which are whole numbers. The shift algorithm of Streitberg and Röhmel ("Exact
 * distributions for permutation and rank tests", Statistical Software Newsletter 12, 1986): each score in turn is taken or
 * not, so that the counts of `taken - 1` scores, shifted by it, add to those of `taken`. Counts are exact below 2^53,
 * as up to 50 scores have them.
 */
export function rankSums(scores: readonly number[], size: number): RankSums {
  const most = sum(scores.toSorted(descending).slice(0, size))
  const bySize = Array.from({ length: size + 1 }, () => new Float64Array(most + 1))
  const [none] = bySize
  if (none !== undefined) none[0] = 1
  scores.forEach((score, index) => {
    for (let taken = Math.min(index + 1, size); taken > 0; taken--) {
      const [fewer, counts] = [bySize[taken - 1], bySize[taken]]
      if (fewer === undefined || counts === undefined) continue
      for (let total = most; total >= score; total--)
        counts[total] = (counts[total] ?? 0) + (fewer[total - score] ?? 0)
    }
  })
  const counts = bySize[size] ?? new Float64Array(1)
  return { counts, all: sum(counts) }
}

/** How many ways there are to choose `size` of `count`. */
function choices(count: number, size: number): number {
  let ways = 1
  for (let taken = 1; taken <= size; taken++) ways = (ways * (count - size + taken)) / taken
  return Math.round(ways)
}
