// What the comparison did to tell change from noise, and what it cannot tell, in words.

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
  'One run a side: the intervals cover sampling error only, not how runs differ from each other, so no change is claimed.'
const FEW = `Fewer than ${LEAST_RUNS} runs a side: medians and ranges, no test. No change is claimed.`
const ADVICE = `With ${LEAST_RUNS} runs a side the most expensive figure can be tested, with ten some hundreds.`

function testedSentence(tested: number): string {
  return (
    `Tested together: ${count(tested, 'figure')}, by Mann-Whitney with weighted Holm correction; family-wise error rate ≤ 5 %. ` +
    'p is the corrected one; 95 % CIs are not adjusted.'
  )
}

function lackSentence(untested: number, needed: number | null): string[] {
  if (needed === null) return []
  return [
    `${count(untested, 'more figure')} cannot be separated from noise with so few runs, not even if all runs of one side ` +
      `were slower: that takes ${needed} runs a side.`,
  ]
}
