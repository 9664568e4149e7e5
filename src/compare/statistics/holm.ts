// Correction for multiple tests.

import { cumsum } from 'd3-array'

/** A p-value with its weight: its share of all weights is its share of the error rate. */
export interface Weighted {
  readonly p: number
  readonly weight: number
}

/**
 * Weighted Holm correction ("A simple sequentially rejective multiple test procedure", 1979). Returns corrected p-values:
 * with a limit of 5 % for them, the family-wise error rate is at most 5 %, however the figures depend on each other. A gate
 * needs that, because one wrong row fails the build, and a test is part of its file, which is part of its phase. The
 * Benjamini-Hochberg procedure would find more, but one of twenty claims would be wrong.
 */
export function holm(tests: readonly Weighted[]): number[] {
  const order = tests.toSorted((a, b) => a.p / a.weight - b.p / b.weight)
  const adjusted = new Map<Weighted, number>()
  // The weight that has not been rejected yet.
  const left = cumsum(order.toReversed(), ({ weight }) => weight).reverse()
  let least = 0
  order.forEach((test, index) => {
    least = Math.max(least, Math.min(1, (test.p / test.weight) * (left[index] ?? 0)))
    adjusted.set(test, least)
  })
  return tests.map(test => adjusted.get(test) ?? 1)
}
