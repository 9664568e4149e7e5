// What a count of samples may be off by.

/** Of the standard normal distribution: 95 % lie within. */
export const Z_95 = 1.96

/**
 * In 95 of 100 cases, in milliseconds: hits of a sampler are Poisson's at the worst, whose standard deviation is the root
 * of their number, each of which stands for as long as they do on average: on a busy machine that is more than an interval.
 * What was never hit may have been missed: one sample at the least.
 */
export function samplingError(ms: number, samples: number, intervalMs: number): number {
  const hits = Math.max(1, samples)
  return Z_95 * Math.max(intervalMs, ms / hits) * Math.sqrt(hits)
}
