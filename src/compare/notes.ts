// Notes on a comparison: how the speed of the machine changed, and which work was not the same in all runs.

import { count, signedPercent } from '../report/views/figures.js'
import type { Comparison, ComparisonRow, Drift } from './comparison.js'
import { LEAST_CHANGE_PERCENT } from './judge/judgement.js'
import type { Series, Side, Sides } from './sides.js'

export function notesOn({ base, head }: Sides, comparison: Pick<Comparison, 'tables' | 'drift'>): string[] {
  return [
    ...driftNote(comparison.drift),
    ...oneSidedNote(comparison.tables),
    ...missingNote('base', base),
    ...missingNote('head', head),
    ...sameRunsNote(base, head),
  ]
}

function oneSidedNote({ files, tests }: Comparison['tables']): string[] {
  const amount = (rows: readonly ComparisonRow[], verdict: 'added' | 'removed') =>
    new Set(rows.filter(row => row.verdict === verdict).map(({ entity }) => entity)).size
  const changes = (['added', 'removed'] as const).flatMap(verdict => {
    const [ofFiles, ofTests] = [amount(files, verdict), amount(tests, verdict)]
    const amounts = [
      ...(ofFiles > 0 ? [count(ofFiles, 'test file')] : []),
      ...(ofTests > 0 ? [count(ofTests, 'test')] : []),
    ]
    return amounts.length === 0 ? [] : [`${amounts.join(' and ')} ${verdict}`]
  })
  return changes.length === 0 ? [] : [`In head: ${changes.join('; ')}. Totals are not comparable.`]
}

function driftNote(drift: Drift | null): string[] {
  if (drift === null) return []
  const change = (ratio: number) => signedPercent(100 * (ratio - 1))
  const [low, high] = drift.interval95.map(change)
  const isShown = drift.interval95[0] > 1 || drift.interval95[1] < 1
  const { allowance } = drift
  const growth = Math.max(LEAST_CHANGE_PERCENT, 100 * allowance)
  const decrease = Math.max(LEAST_CHANGE_PERCENT, 100 - 100 / (1 + allowance))
  const whatIsClaimed = `Changes smaller than ${signedPercent(growth)} or ${signedPercent(-decrease)} are not claimed.`
  const measured = `Jest's framework phase, the same work on both sides, changed by ${change(drift.ratio)} (95 % CI: ${low} to ${high})`
  return [`${isShown ? 'The speed of the machine differed: ' : ''}${measured}. ${whatIsClaimed}`]
}

function sameRunsNote(base: Side, head: Side): string[] {
  const ids = new Set(base.runs.map(({ id }) => id))
  const both = head.runs.filter(({ id }) => ids.has(id)).length
  return both === 0 ? [] : [`${count(both, 'run')} of head ${both === 1 ? 'is' : 'are'} also in base.`]
}

/** If tests or files are missing in some runs, totals over all test files are not comparable. */
function missingNote(name: 'base' | 'head', { tables }: Side): string[] {
  const lacks = ({ figures }: Series) => figures.includes(undefined)
  const files = tables.files.filter(lacks).length
  const tests = tables.tests.filter(lacks).length
  if (files + tests === 0) return []
  return [
    `Not in every run of ${name}: ${count(files, 'test file')} and ${count(tests, 'test')}. Its totals are not comparable.`,
  ]
}
