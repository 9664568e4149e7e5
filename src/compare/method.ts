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
  'One run a side: the intervals are those of sampling alone. By how much runs differ from each other is not in them, so no change can be claimed.'
const FEW = `Fewer than ${LEAST_RUNS} runs a side: medians and ranges, no test. No change can be claimed.`
const ADVICE = `With ${LEAST_RUNS} runs a side the costliest figure can be tested, with ten some hundreds.`

function testedSentence(tested: number): string {
  return (
    `Tested together: ${count(tested, 'figure')}, by Mann-Whitney, corrected by Holm with weights by time: the chance of any ` +
    'false claim is 5 % at the most. p is the corrected one; 95 % intervals are each on its own.'
  )
}

function lackSentence(untested: number, needed: number | null): string[] {
  if (needed === null) return []
  return [
    `${count(untested, 'more figure')} could not have been told from noise with so few runs, not even if all runs of one ` +
      `side were slower: ${needed} runs a side would be needed.`,
  ]
}
