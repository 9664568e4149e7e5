// What all rules share. A rule looks at a run and returns what can be changed, with the figures that prove it.

import type { Profile } from '../profile/profile.js'
import type { FindingId } from '../report/finding-rules.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { Finding, Report } from '../report/report.js'
import type { ReadSource } from '../resolve/source-texts.js'
import type { CallSiteFinder, ModuleReader } from './evidence/call-sites.js'
import type { Savings } from './savings.js'

export interface Facts {
  /** The report without findings. */
  readonly report: Report
  readonly profile: Profile
  readonly record: Pick<
    RunRecord,
    'files' | 'modules' | 'failedModules' | 'cacheKeys' | 'transformKeys' | 'injectedGlobals'
  >
  /** Text of a source file by its path, absolute or as in the report; undefined if it cannot be read. */
  readonly readSource: ReadSource
  /** Takes paths as in the report, as `callSiteOf` does. */
  readonly bodyOf: ModuleReader
  readonly callSiteOf: CallSiteFinder
}

/** What a rule says; the rest of a finding follows from it. No position: it is not about a place in the code. */
export type FindingDraft = Pick<
  Finding,
  | 'confidence'
  | 'title'
  | 'evidence'
  | 'remedy'
  | 'costMs'
  | 'retainedBytes'
  | 'allocatedBytes'
  | 'heapBytes'
  | 'failures'
  | 'patch'
  | 'trial'
> & {
  readonly id: FindingId
  readonly savings: Savings
  readonly position?: Finding['position']
  readonly shares?: OverlapShares
}

/** Parts of a cost, in milliseconds, that other findings may count as well: see overlaps.ts. */
interface OverlapShares {
  /** The part of waits that passed in hooks, by the hook's place. */
  readonly inHooks?: ReadonlyMap<string, number>
  /** The part that each file took, by its path. */
  readonly modules?: ReadonlyMap<string, number>
  readonly transformMs?: number
  /** What passed in set-up files. */
  readonly fixedMs?: number
  /** Positions of its calls, as in `callsOf`. */
  readonly calls?: ReadonlySet<number>
}

/** The cost in milliseconds below which a finding is not reported: 100 ms, and 1 % of the files' time without that when no core was free. */
export function leastCostMs({ totals }: Pick<Report, 'totals'>): number {
  return Math.max(100, 0.01 * (totals.fileWallMs - (totals.readyMs ?? 0)))
}

export type Rule = (facts: Facts) => FindingDraft[]

/** `a, b, c and 2 more`. */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
