// What a count of samples may be off by.

/** Of the standard normal distribution: 95 % lie within. */
export const Z_95 = 1.96

/**
 * In 95 of 100 cases, in milliseconds: hits of a sampler are Poisson's at the worst, whose standard deviation is the root
 * of their number. What was never hit may have been missed: one sample at the least.
 */
export function samplingError(samples: number, intervalMs: number): number {
  return Z_95 * intervalMs * Math.sqrt(Math.max(1, samples))
}
