// Correction for testing many things at once.

/** A p-value, and how much of the chance of a false claim it is given: all that matters is its part of all weights. */
export interface Weighted {
  readonly p: number
  readonly weight: number
}

/**
 * Holm's correction, with weights ("A simple sequentially rejective multiple test procedure", 1979): with a limit of 5 %
 * for what comes back, the chance of even one false claim among all is 5 % at most, however the figures depend on each
 * other. That is what a gate needs: a test is part of its file, which is part of its phase, and one wrong row fails the
 * build. Benjamini and Hochberg's would find more, and be wrong in one of twenty of its claims: too often for a gate.
 */
export function holm(tests: readonly Weighted[]): number[] {
  const order = tests.toSorted((a, b) => a.p / a.weight - b.p / b.weight)
  const adjusted = new Map<Weighted, number>()
  // The weight that has not been rejected yet, from the end, so that no rounding adds up.
  const left = order.map(() => 0)
  order.reduceRight((sum, { weight }, index) => {
    left[index] = sum + weight
    return sum + weight
  }, 0)
  let least = 0
  order.forEach((test, index) => {
    least = Math.max(least, Math.min(1, (test.p / test.weight) * (left[index] ?? 0)))
    adjusted.set(test, least)
  })
  return tests.map(test => adjusted.get(test) ?? 1)
}
