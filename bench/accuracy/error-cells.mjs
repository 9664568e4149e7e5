// What was reported beside what is true → the cells that every table of errors has.

import { signedDecimals, signedPercent, withQuartiles } from '../support/print.mjs'
import { worst } from '../support/statistics.mjs'
import { sumError } from './stated.mjs'

/** `pairs`: reported and true milliseconds. The error's quartiles, the farthest one, and the relative error of the sum. */
export function errorCells(pairs, digits) {
  const errors = pairs.map(([reported, truth]) => reported - truth)
  return [
    withQuartiles(errors, signedDecimals(digits)),
    signedDecimals(1)(worst(errors)),
    signedPercent(
      sumError(
        pairs,
        ([reported]) => reported,
        ([, truth]) => truth,
      ),
    ),
  ]
}
