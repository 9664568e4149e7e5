// Judges one run against one run: whether a change is beyond what sampling may be off by. How much runs differ from each
// other is not in that, so it is no claim about the code.

import { roundMs } from '../../report/rounding.js'
import type { Measured } from '../rows.js'
import { type Judgement, oneSided, unjudged } from './judgement.js'

export function judgeBySamplingError(rows: readonly Measured[]): Map<Measured, Judgement> {
  return new Map(rows.map(row => [row, oneSided(row) ?? judgementOf(row)]))
}

// A figure by the clock has no error of sampling, and nothing else to be judged by.
function judgementOf({ base, head, changeMs }: Measured): Judgement {
  const errors = [base?.errorMs ?? null, head?.errorMs ?? null].filter(error => error !== null)
  if (changeMs === null || errors.length === 0) return unjudged('too few runs')
  const error = Math.hypot(...errors)
  return {
    ...unjudged(Math.abs(changeMs) > error ? 'beyond sampling error' : 'within sampling error'),
    interval95Ms: [roundMs(changeMs - error), roundMs(changeMs + error)],
  }
}
