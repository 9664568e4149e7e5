// The two-sided Mann-Whitney test: whether the figures of two sides differ by more than noise. It assumes no distribution:
// times are skewed, and sampled times have many ties at zero.

import { ascending, descending, rank, sum } from 'd3-array'
import { normalTails } from './normal-distribution.js'

export interface RankTest {
  /** The probability of ranks at least as far from their mean if runs were assigned to the sides at random: exact, given the ties. */
  readonly p: number
  /** 1: head is above base; -1: below. */
  readonly direction: -1 | 0 | 1
}

/** Caches distributions, which depend only on the ranks: all figures without ties share one. */
export class MannWhitney {
  readonly #sums = new Map<string, RankSums>()

  test(base: readonly number[], head: readonly number[]): RankTest {
    const ranks = doubledRanks([...base, ...head])
    const size = base.length
    const total = sum(ranks.slice(0, size))
    // Twice the mean of the ranks is their number plus one.
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

/** The smallest possible p without ties: all figures of one side are above all of the other. */
export function leastP(base: number, head: number): number {
  return Math.min(1, 2 / choices(base + head, base))
}

/** With corrections for ties and for continuity: doubled sums have steps of at least one, and of two without ties. */
function approximate(ranks: readonly number[], size: number, distance: number): number {
  const count = ranks.length
  const mean = count + 1
  const spread = sum(ranks, rank => (rank - mean) ** 2)
  const variance = (size * (count - size) * spread) / (count * (count - 1))
  return variance === 0 ? 1 : normalTails(Math.max(0, distance - 1) / Math.sqrt(variance))
}

/** Twice the ranks from 1, with ties at their mean: always whole numbers. */
function doubledRanks(values: readonly number[]): number[] {
  const [below, above] = [rank(values), rank(values, descending)]
  return values.map((_, index) => values.length + 1 + (below[index] ?? 0) - (above[index] ?? 0))
}

/** For more runs on both sides together, the normal approximation is used: the exact distribution takes too long. */
export const MOST_EXACT = 50

/** The exact distribution of a sum of ranks: how many choices of ranks have each sum, and how many choices there are. */
interface RankSums {
  readonly counts: Float64Array
  readonly all: number
}

/**
 * The sums of all choices of `size` scores, which are whole numbers. The shift algorithm of Streitberg and Röhmel ("Exact
 * distributions for permutation and rank tests", Statistical Software Newsletter 12, 1986): each score in turn is taken or
 * not, so the counts of `taken - 1` scores, shifted by the score, are added to those of `taken`. Counts are exact below
 * 2^53, which up to 50 scores do not exceed.
 */
export function rankSums(scores: readonly number[], size: number): RankSums {
  const most = sum(scores.toSorted(descending).slice(0, size))
  const bySize = Array.from({ length: size + 1 }, () => new Float64Array(most + 1))
  const [none] = bySize
  if (none !== undefined) none[0] = 1
  let reached = 0
  scores.forEach((score, index) => {
    reached += score
    const highest = Math.min(most, reached)
    // Fewer than this cannot become `size` with the scores that follow.
    const fewest = Math.max(1, size - (scores.length - 1 - index))
    for (let taken = Math.min(index + 1, size); taken >= fewest; taken--) {
      const [fewer, counts] = [bySize[taken - 1], bySize[taken]]
      if (fewer === undefined || counts === undefined) continue
      for (let total = highest; total >= score; total--)
        counts[total] = (counts[total] ?? 0) + (fewer[total - score] ?? 0)
    }
  })
  const counts = bySize[size] ?? new Float64Array(1)
  return { counts, all: sum(counts) }
}

/** The number of ways to choose `size` of `count`. */
function choices(count: number, size: number): number {
  let ways = 1
  for (let taken = 1; taken <= size; taken++) ways = (ways * (count - size + taken)) / taken
  return Math.round(ways)
}
