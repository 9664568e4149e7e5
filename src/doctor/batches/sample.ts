// Some of many test files, in place of all: each length in its part.

import type { SuiteFile } from '../candidate.js'

type Weighed = Pick<SuiteFile, 'key' | 'report'>

/** Fewer say little about others. */
const FEWEST = 8

/**
 * Every n-th of the files in the order of their lengths, as many as take `mostMs` of workers' time; all of them where they take
 * less.
 */
export function sampleOf<File extends Weighed>(files: readonly File[], mostMs: number): File[] {
  const inOrder = files.toSorted((a, b) => b.report.wallMs - a.report.wallMs || (a.key < b.key ? -1 : 1))
  const all = inOrder.reduce((ms, { report }) => ms + report.wallMs, 0)
  if (all <= mostMs || files.length <= FEWEST) return inOrder
  const amount = Math.min(files.length, Math.max(FEWEST, Math.floor((files.length * mostMs) / all)))
  // The middle of each of as many strata.
  return Array.from(
    { length: amount },
    (_, index) => inOrder[Math.floor(((index + 0.5) * files.length) / amount)],
  ).flatMap(file => file ?? [])
}
