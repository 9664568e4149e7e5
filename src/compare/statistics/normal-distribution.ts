// The standard normal distribution: its tails, with all digits that far out where p-values of many tests lie, and the errors that
// follow from it.

/**
 * How likely a value is to be `distance` or farther from 0, on either side: erfc(distance / √2), by the Chebyshev fit of
 * "Numerical Recipes" (2nd edition, 6.2), off by less than 1.2e-7 of its value everywhere.
 */
export function normalTails(distance: number): number {
  const z = distance / Math.SQRT2
  const t = 1 / (1 + z / 2)
  const polynomial = COEFFICIENTS.reduceRight((sum, coefficient) => coefficient + t * sum, 0)
  return t * Math.exp(-z * z + polynomial)
}

const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
]

/** In standard deviations: 95 % of cases lie within. */
export const Z_95 = 1.96

/**
 * Milliseconds that sampled time may be off by in 95 of 100 cases. At worst, hits of a sampler are Poisson distributed: their
 * standard deviation is the root of their number, and each stands for their average time, which on a busy machine is more than
 * an interval. Time without a hit is taken for one sample that was missed.
 */
export function samplingError(ms: number, samples: number, intervalMs: number): number {
  const hits = Math.max(1, samples)
  return Z_95 * Math.max(intervalMs, ms / hits) * Math.sqrt(hits)
}
