// Costs that were measured as wall time, without the time when no core was free: on a busy machine they would come before
// costs that were measured as CPU time.

import { sum } from 'd3-array'
import type { Phase } from '../profile/profile.js'
import { type FindingRule, ruleOf } from '../report/finding-rules.js'
import type { Report } from '../report/report.js'
import type { FindingDraft } from './rule.js'

/** Rules that add up wall times, with the phases in which they pass. */
const IN_WALL_TIME: Readonly<Partial<Record<FindingRule, readonly Phase[]>>> = {
  barrel: ['imports'],
  'fixed-cost': ['environment', 'setupFiles', 'framework', 'setupFilesAfterEnv', 'teardown'],
  'heavy-import': ['imports', 'tests'],
  'package-copies': ['imports', 'setupFilesAfterEnv'],
  'reloaded-modules': ['hooks', 'tests'],
  'set-up-import': ['setupFiles', 'setupFilesAfterEnv'],
  'unused-jsdom': ['environment', 'teardown'],
}

/** The cost as it would be with a free core, by the share of the rule's phases in which there was one. */
export function withOwnTime(draft: FindingDraft, { phases }: Pick<Report, 'phases'>): FindingDraft {
  const times = (IN_WALL_TIME[ruleOf(draft.id)] ?? []).map(phase => phases[phase])
  const wallMs = sum(times, time => time.wallMs)
  const readyMs = sum(times, time => time.readyMs ?? 0)
  return wallMs === 0 ? draft : { ...draft, costMs: draft.costMs * (1 - readyMs / wallMs) }
}
