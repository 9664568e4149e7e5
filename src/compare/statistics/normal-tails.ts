// The tails of the standard normal distribution, with all digits that far out where p-values of many tests lie.

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
