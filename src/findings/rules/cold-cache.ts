// A run that had to transform most of its files: its figures are not those of the next run, unless Jest's cache is off.

import type { TransformReport } from '../../report/account-reports.js'
import type { Report } from '../../report/report.js'
import { transformsByFile } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'
import { cacheMisses, missText, unstableKeys } from './cache-never-warms.js'

/** Milliseconds below which a cold cache does not matter. */
export function leastOfColdCache({ totals }: Pick<Report, 'totals'>): number {
  return 0.05 * totals.cpuMs
}

export function coldCache(facts: Facts): FindingDraft[] {
  // The next run would be as slow.
  const unstable = new Set<string | null>(unstableKeys(facts).map(({ transformer }) => transformer))
  const rows = facts.report.transforms.filter(
    ({ transformer }) => transformer !== null && !unstable.has(transformer),
  )
  const isOff = ({ cacheMisses: misses, uncached }: TransformReport) => uncached > 0 && uncached === misses
  return [
    ...found(
      facts,
      rows.filter(row => !isOff(row)),
      {
        id: 'cold-cache',
        title: "Jest's transform cache was cold",
        remedy: "Run again for representative values. On CI, keep Jest's `cacheDirectory` between runs",
      },
    ),
    ...found(facts, rows.filter(isOff), {
      id: 'cache-off',
      title: "Jest's transform cache is off",
      remedy: 'Remove `--no-cache` and `cache: false`, so that later runs can reuse transformed files.',
    }),
  ]
}

function found(
  { report, record, profile }: Pick<Facts, 'report' | 'record' | 'profile'>,
  rows: readonly TransformReport[],
  texts: Pick<FindingDraft, 'id' | 'title' | 'remedy'>,
): FindingDraft[] {
  // With everything in the cache, a transformer is hardly set up, so loading it counts.
  const missed = cacheMisses(rows)
  if (missed === undefined || missed.missMs < leastOfColdCache(report)) return []
  return [
    {
      ...texts,
      confidence: 'high',
      evidence: missText(missed, report),
      costMs: missed.missMs,
      savings: { files: transformsByFile({ record, profile }) },
    },
  ]
}
