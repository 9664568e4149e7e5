// A run that had to transform most of its files: its figures are not those of the next one, unless Jest's cache is off.

import { sum } from 'd3-array'
import type { TransformReport } from '../../report/account-reports.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import type { Facts, FindingDraft } from '../rule.js'
import { unstableKeys } from './cache-never-warms.js'

/** Shares of the files that were transformed, and of the run's CPU time. */
const MOST_FILES = 0.5
const LEAST_OF_CPU = 0.05

/** A cold cache that took less does not matter. */
export function leastOfColdCache({ totals }: Pick<Report, 'totals'>): number {
  return LEAST_OF_CPU * totals.cpuMs
}

export function coldCache(facts: Facts): FindingDraft[] {
  // Another run would be no different.
  const unstable = new Set<string | null>(unstableKeys(facts).map(({ transformer }) => transformer))
  const rows = facts.report.transforms.filter(
    ({ transformer }) => transformer !== null && !unstable.has(transformer),
  )
  const isOff = ({ cacheMisses, uncached }: TransformReport) => uncached > 0 && uncached === cacheMisses
  return [
    ...found(
      facts,
      rows.filter(row => !isOff(row)),
      {
        id: 'cold-cache',
        title: "Jest's transform cache was cold: this run is not representative",
        remedy: "Run again for representative values. On CI keep Jest's `cacheDirectory` from run to run.",
      },
    ),
    ...found(facts, rows.filter(isOff), {
      id: 'cache-off',
      title: "Jest's transform cache is off",
      remedy:
        'Remove `--no-cache` and `cache: false`, so that later runs reuse what this one has transformed.',
    }),
  ]
}

function found(
  { report: { totals } }: Pick<Facts, 'report'>,
  rows: readonly TransformReport[],
  told: Pick<FindingDraft, 'id' | 'title' | 'remedy'>,
): FindingDraft[] {
  const files = sum(rows, row => row.files)
  const misses = sum(rows, row => row.cacheMisses)
  // With all in the cache, a transformer is hardly set up.
  const costMs = sum(rows, row => row.missMs + row.missLoadMs)
  if (files === 0 || misses < MOST_FILES * files || costMs < leastOfColdCache({ totals })) return []
  const evidence =
    `${misses.toLocaleString('en-US')} of ${count(files, 'file')} had to be transformed again, which took ` +
    `${duration(costMs)}, ${percent(costMs, totals.cpuMs)} of CPU time.`
  return [{ ...told, confidence: 'high', evidence, costMs, position: null }]
}
