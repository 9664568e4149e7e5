// What a sample of V8's heap stands for.

/** From here on, rounding changes it by less than 8 %. */
const MOST_COUNT = 8
/** A part of the interval: small objects count as about one. So do some of 13 kB and 80 kB, of which there are fewer. */
const SMALL = 0.25

/**
 * V8 takes an object with the probability 1 - e^(-size/interval), and counts it as often as it takes for the sum of samples to be what
 * was allocated, rounded to a whole number: a sample of an object of 1.5 intervals counts once instead of 1.29 times. Returns the
 * bytes without that rounding. Objects of a half to one interval cannot be told
 * from those of twice their size, and seem a third larger; those a little larger than one seem a third smaller. https://github.com/v8/v8/blob/13.6.233/src/profiler/sampling-heap-profiler.cc (ScaleSample)
 */
export function unroundedBytes(bytes: number, intervalBytes: number): number {
  if (Math.abs(bytes / intervalBytes - 1) < SMALL) return bytes
  for (let count = 1; count < MOST_COUNT; count++) {
    const size = bytes / count
    const exact = 1 / (1 - Math.exp(-size / intervalBytes))
    if (Math.round(exact) === count) return size * exact
  }
  return bytes
}
