// A run that had to transform most of its files: its figures are not those of the next one.

import { count, duration, percent } from '../../report/figures.js'
import { unstableKeys } from '../evidence/unstable-keys.js'
import type { Facts, Found } from '../rule.js'

/** Of the files that were transformed, and of the run's CPU time. */
const MOST_FILES = 0.5
const LEAST_OF_CPU = 0.05

export function coldCache(facts: Facts): Found[] {
  const { report } = facts
  // Another run would be no different.
  const unstable = new Set<string | null>(unstableKeys(facts).map(({ transformer }) => transformer))
  const rows = report.transforms.filter(
    ({ transformer }) => transformer !== null && !unstable.has(transformer),
  )
  const sum = (amountOf: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + amountOf(row), 0)
  const files = sum(row => row.files)
  const misses = sum(row => row.cacheMisses)
  // With all in the cache, a transformer is hardly set up.
  const costMs = sum(row => row.missMs + row.missLoadMs)
  const { cpuMs } = report.totals
  if (files === 0 || misses < MOST_FILES * files || costMs < LEAST_OF_CPU * cpuMs) return []
  return [
    {
      id: 'cold-cache',
      confidence: 'high',
      title: "Jest's transform cache was cold: this run is not representative",
      evidence:
        `${misses.toLocaleString('en-US')} of ${count(files, 'file')} had to be transformed anew, in ` +
        `${duration(costMs)}, ${percent(costMs, cpuMs)} of CPU time.`,
      remedy: "Run again for the usual figures. On CI keep Jest's `cacheDirectory` from run to run.",
      costMs,
      position: null,
    },
  ]
}
