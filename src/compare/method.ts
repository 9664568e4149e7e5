// Sentences on how the comparison separates change from noise, and what it cannot show.

import { count } from '../report/views/figures.js'
import type { Method } from './comparison.js'
import { type Hypotheses, LEAST_RUNS, type RunCounts } from './hypotheses.js'

export function methodOf(runs: RunCounts, { tested, testable, runsNeeded }: Hypotheses): Method {
  const amounts = { tested: tested.size, testable }
  if (Math.min(runs.base, runs.head) >= LEAST_RUNS) {
    const sentences = [testedSentence(tested.size), ...lackSentence(testable - tested.size, runsNeeded)]
    return { kind: 'statistics', sentences, ...amounts, runsNeeded }
  }
  const isSingle = Math.max(runs.base, runs.head) === 1
  return {
    kind: isSingle ? 'sampling error' : 'ranges',
    sentences: [isSingle ? SINGLE : FEW, ADVICE],
    ...amounts,
    runsNeeded: LEAST_RUNS,
  }
}

const SINGLE =
  'One run per side: the intervals cover sampling error only, not how runs differ from each other, so no change is claimed.'
const FEW = `Fewer than ${LEAST_RUNS} runs per side: only medians and ranges are shown, and no change is claimed.`
const ADVICE = `With ${LEAST_RUNS} runs per side the most expensive metric can be tested, with ten some hundreds.`

function testedSentence(tested: number): string {
  return (
    `${count(tested, 'metric')} tested by Mann-Whitney with weighted Holm correction; family-wise error rate ≤ 5 %. ` +
    'p values are corrected, 95 % CIs are not.'
  )
}

function lackSentence(untested: number, needed: number | null): string[] {
  if (needed === null) return []
  return [
    `${count(untested, 'more metric')} cannot be separated from noise with so few runs, even if all runs of one side ` +
      `were slower: that takes ${needed} runs per side.`,
  ]
}
