// Medians and their kin, of plain arrays of numbers that are left as they are.

/** `part` from 0 to 1, between two values by linear interpolation: https://doi.org/10.2307/2684934 (type 7). */
export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b)
  const position = (sorted.length - 1) * part
  const below = Math.floor(position)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[below + 1] ?? low
  return low + (high - low) * (position - below)
}

export function median(values) {
  return quantile(values, 0.5)
}

/** The value that is farthest from zero, with its sign. */
export function worst(values) {
  return values.reduce((farthest, value) => (Math.abs(value) > Math.abs(farthest) ? value : farthest), 0)
}

/** How much `values` grow from one to the next, by least squares. */
export function slope(values) {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let covariance = 0
  let variance = 0
  values.forEach((value, index) => {
    covariance += (index - middle) * (value - mean)
    variance += (index - middle) ** 2
  })
  return covariance / variance
}
