// What a rule is: it looks at a run and says what can be changed, with the figures that show it. A rule that cannot show
// its evidence says nothing.

import type { Profile } from '../profile/profile.js'
import type { FindingId } from '../report/finding-rules.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { Finding, Report } from '../report/report.js'
import type { CallSiteFinder } from './evidence/call-sites.js'

export interface Facts {
  /** All of the report but the findings themselves. */
  readonly report: Report
  readonly profile: Profile
  readonly record: Pick<
    RunRecord,
    'files' | 'modules' | 'failedModules' | 'cacheKeys' | 'transformKeys' | 'injectedGlobals'
  >
  /** Text of a source file by its path, absolute or as the report has it; undefined when it cannot be read. */
  readonly readSource: (path: string) => string | undefined
  /** What the source shows around a call, with its file as the report has it. */
  readonly callSiteOf: CallSiteFinder
}

/** The severity follows from the cost. */
export type FindingDraft = Omit<Finding, 'severity' | 'id'> & {
  readonly id: FindingId
  readonly shares?: OverlapShares
}

/** Parts of a cost that other findings may count as well: see overlaps.ts. */
interface OverlapShares {
  /** Waits: the part that passed in a hook, by the hook's place. */
  readonly inHooks?: ReadonlyMap<string, number>
  /** Code: the part that each file took, by its path, and how much of all was transforming. */
  readonly modules?: ReadonlyMap<string, number>
  readonly transformMs?: number
}

/** What costs less is not worth a sentence: milliseconds, or a share of the files' time. */
const LEAST_MS = 100
const LEAST_SHARE = 0.01

export function leastCostMs({ totals }: Pick<Report, 'totals'>): number {
  return Math.max(LEAST_MS, LEAST_SHARE * totals.fileWallMs)
}

export type Rule = (facts: Facts) => FindingDraft[]
