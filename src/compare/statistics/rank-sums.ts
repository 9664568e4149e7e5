// The exact distribution of a sum of ranks when labels are dealt out at random: what the Mann-Whitney test asks. In the
// presence of ties it is that of the ranks at hand, which is why no table serves.

/** More runs than that on both sides together are judged by the normal approximation: the exact way takes too long. */
export const MOST_EXACT = 50

/** For each possible sum, how many of the choices of ranks have it. */
export interface RankSums {
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
  const most = scores
    .toSorted((a, b) => b - a)
    .slice(0, size)
    .reduce((sum, score) => sum + score, 0)
  const bySize = Array.from({ length: size + 1 }, () => new Float64Array(most + 1))
  const [none] = bySize
  if (none !== undefined) none[0] = 1
  scores.forEach((score, index) => {
    for (let taken = Math.min(index + 1, size); taken > 0; taken--) {
      const [fewer, counts] = [bySize[taken - 1], bySize[taken]]
      if (fewer === undefined || counts === undefined) continue
      for (let sum = most; sum >= score; sum--) counts[sum] = (counts[sum] ?? 0) + (fewer[sum - score] ?? 0)
    }
  })
  const counts = bySize[size] ?? new Float64Array(1)
  return { counts, all: counts.reduce((sum, count) => sum + count, 0) }
}

/** How many ways there are to choose `size` of `count`. */
export function choices(count: number, size: number): number {
  let ways = 1
  for (let taken = 1; taken <= size; taken++) ways = (ways * (count - size + taken)) / taken
  return Math.round(ways)
}
