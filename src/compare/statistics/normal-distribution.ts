// The standard normal distribution: its tails, precise even for very small p-values, and sampling errors derived from it.

/**
 * The probability that a value is at least `distance` from 0, on either side: erfc(distance / √2), by the Chebyshev fit of
 * "Numerical Recipes" (2nd edition, 6.2), with a relative error below 1.2e-7.
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

/** 95 % of values are within this many standard deviations. */
export const Z_95 = 1.96

/**
 * The 95 % error of a sampled time in milliseconds. At worst, samples are Poisson distributed: their standard deviation is the
 * square root of their number, and each represents the average time per sample, which on a busy machine is longer than the
 * interval. No samples count as one that was missed.
 */
export function samplingError(ms: number, samples: number, intervalMs: number): number {
  const hits = Math.max(1, samples)
  return Z_95 * Math.max(intervalMs, ms / hits) * Math.sqrt(hits)
}
