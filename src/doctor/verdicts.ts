// What was tried, and what all gains together have confirmed → the answer's candidates.

import { type CandidateAnswer, VERDICTS } from './answer.js'
import type { Confirmed } from './confirm.js'
import type { Tried } from './tried.js'

/** Confirmed gains pay; those that pay come first, and then by what they save. */
export function verdicts(tried: readonly Tried[], confirmed: Confirmed | undefined): CandidateAnswer[] {
  const isConfirmed = confirmed?.confirmation.isConfirmed === true
  const together = new Map(confirmed?.answers.map(answer => [answer.name, answer]))
  return tried
    .map(({ answer }): CandidateAnswer => {
      const own = together.get(answer.name)
      if (own !== undefined) return isConfirmed ? { ...own, verdict: 'pays' } : own
      const isOther = answer.verdict === 'gain' && confirmed !== undefined
      return isOther ? { ...answer, note: 'another change that excludes it saves more' } : answer
    })
    .toSorted(
      (a, b) =>
        VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
        (b.saved?.wallMs ?? b.mostMs) - (a.saved?.wallMs ?? a.mostMs),
    )
}
