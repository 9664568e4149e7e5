// What has to be known to read the figures: the machine's own change, and work that was not the same in all runs.

import { count } from '../report/figures.js'
import type { Drift } from './comparison.js'
import type { Series, Side } from './sides.js'

export function notesOn({ base, head }: { base: Side; head: Side }, drift: Drift | null): string[] {
  return [...driftNote(drift), ...missingNote('base', base), ...missingNote('head', head)]
}

function driftNote(drift: Drift | null): string[] {
  if (drift === null) return []
  const [low, high] = drift.interval95.map(signedPercent)
  const isShown = drift.interval95[0] > 1 || drift.interval95[1] < 1
  const whatIsClaimed = `No change of up to ${(100 * drift.allowance).toFixed(1)} % is claimed.`
  const measured = `Jest's own framework phase, the same work on both sides, changed by ${signedPercent(drift.ratio)} (95 %: ${low} to ${high})`
  return [`${isShown ? 'The machine was not the same: ' : ''}${measured}. ${whatIsClaimed}`]
}

/** Of a ratio. */
function signedPercent(ratio: number): string {
  const change = 100 * (ratio - 1)
  return `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(1)} %`
}

// Sums over all test files are of different work then.
function missingNote(name: 'base' | 'head', { tables }: Side): string[] {
  const lacks = ({ figures }: Series) => figures.includes(undefined)
  const files = tables.files.filter(lacks).length
  const tests = tables.tests.filter(lacks).length
  if (files + tests === 0) return []
  return [
    `Not in every run of ${name}: ${count(files, 'test file')} and ${count(tests, 'test')}. Its totals are of different work.`,
  ]
}
