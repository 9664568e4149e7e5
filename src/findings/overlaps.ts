// The same seconds in two findings: the more specific one keeps them, and the other has only the rest as its cost, or is
// left out where the rest alone would have been no finding. Costs of one kind add up then: time of test files, of which
// OVERLAPS names all pairs that meet; time without a core (more-workers-than-cores); time of workers without a file
// (long-pole).

import { greatest, sum } from 'd3-array'
import { loadsModule } from '../jest/frames.js'
import { isOwnCode } from '../profile/own-code.js'
import type { Frame } from '../profile/profile.js'
import { type FindingRule, ruleOf } from '../report/finding-rules.js'
import type { Report } from '../report/report.js'
import { duration } from '../report/views/figures.js'
import type { Facts, FindingDraft } from './rule.js'
import { leastOfColdCache } from './rules/cold-cache.js'
import { isCoverage } from './rules/coverage-cost.js'
import { leastOfHook } from './rules/dominant-hook.js'
import { leastOfCollection } from './rules/garbage-collection.js'
import { isTracking } from './rules/open-handle-detection.js'
import { isTypeCheck } from './rules/ts-jest-type-check.js'
import {
  collectingBelow,
  collectingIn,
  collectingInHook,
  commonModules,
  commonTransforms,
  inHookBelow,
  isTransform,
  linesOfLeak,
  type SharedMs,
  transformsOf,
  waitsInHook,
} from './shared-time.js'

interface Overlaps {
  readonly rule: FindingRule
  /** By rule: what findings of this one leave to findings of that one. */
  readonly leaves: Readonly<Partial<Record<FindingRule, SharedMs>>>
  /** With less than this a rest is no finding. */
  readonly least?: (report: Report) => number
}

/** Findings about the time of all transforms. */
const TRANSFORMING: Overlaps['leaves'] = {
  // Types are checked in transforms, and those alone that the cache lacks.
  'ts-jest-type-check': ({ keeps }) => keeps.costMs,
  'coverage-cost': transformsOf,
  'open-handle-detection': transformsOf,
  barrel: transformsOf,
}

/** Findings about code, by the frames below which all of its time passes. */
const CODE: Readonly<Partial<Record<FindingRule, (frame: Frame) => boolean>>> = {
  'ts-jest-type-check': isTypeCheck,
  'coverage-cost': isCoverage,
  'open-handle-detection': isTracking,
  'cold-cache': isTransform,
  'cache-off': isTransform,
  'cache-never-warms': isTransform,
  barrel: loadsModule,
}

function inCode(sharedBelow: (isMeant: (frame: Frame) => boolean) => SharedMs): Overlaps['leaves'] {
  return Object.fromEntries(Object.entries(CODE).map(([rule, isMeant]) => [rule, sharedBelow(isMeant)]))
}

/** From specific to general: a rule leaves time to those above it, and to earlier findings of its own. */
const OVERLAPS: readonly Overlaps[] = [
  { rule: 'sandbox-globals', leaves: { 'leaked-work': linesOfLeak } },
  {
    rule: 'barrel',
    leaves: {
      'ts-jest-type-check': ({ keeps, yields }) => Math.min(keeps.costMs, yields.shares?.transformMs ?? 0),
      'coverage-cost': commonTransforms,
      'open-handle-detection': commonTransforms,
      'sandbox-globals': commonModules,
      barrel: commonModules,
    },
  },
  { rule: 'cold-cache', leaves: TRANSFORMING, least: leastOfColdCache },
  { rule: 'cache-off', leaves: TRANSFORMING, least: leastOfColdCache },
  { rule: 'cache-never-warms', leaves: TRANSFORMING },
  {
    rule: 'dominant-hook',
    leaves: {
      polling: waitsInHook,
      'real-timers': waitsInHook,
      'timed-out-waits': waitsInHook,
      'serial-awaits': waitsInHook,
      ...inCode(inHookBelow),
      'leaked-work': inHookBelow(() => true),
      'sandbox-globals': inHookBelow(isOwnCode),
    },
    least: leastOfHook,
  },
  {
    rule: 'garbage-collection',
    leaves: {
      ...inCode(collectingBelow),
      'unused-jsdom': collectingIn('environment', 'teardown'),
      'leaked-work': collectingIn('hooks', 'tests'),
      'dominant-hook': collectingInHook,
    },
    least: leastOfCollection,
  },
]

/** Those of which at least `leastMs` is left, without `shares`. */
export function withoutOverlaps(found: readonly FindingDraft[], facts: Facts, leastMs = 0): FindingDraft[] {
  const ranked = found.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || b.costMs - a.costMs || (a.id < b.id ? -1 : 1),
  )
  const kept: FindingDraft[] = []
  for (const finding of ranked) {
    const left = leftBy(finding, kept, facts)
    const costMs = finding.costMs - sum(left, ({ ms }) => ms)
    const least = left.length === 0 ? 0 : (overlapsOf(finding)?.least?.(facts.report) ?? 0)
    if (costMs > 0 && costMs >= Math.max(leastMs, least))
      kept.push({ ...finding, costMs, ...withNote(finding, left) })
  }
  return kept.map(({ shares: _, ...finding }) => finding)
}

interface Left {
  readonly to: FindingDraft
  readonly ms: number
}

/** What is too little to be told apart from nothing. */
const LEAST_SHARED_MS = 1

function leftBy(yields: FindingDraft, kept: readonly FindingDraft[], facts: Facts): Left[] {
  const leaves = overlapsOf(yields)?.leaves ?? {}
  return kept.flatMap(keeps => {
    const ms = leaves[ruleOf(keeps.id)]?.({ keeps, yields, facts }) ?? 0
    return ms < LEAST_SHARED_MS ? [] : [{ to: keeps, ms: Math.min(ms, keeps.costMs) }]
  })
}

function withNote({ evidence }: FindingDraft, left: readonly Left[]): Pick<FindingDraft, 'evidence'> {
  if (left.length === 0) return { evidence }
  const most = greatest(left, ({ ms }) => ms)
  const others = left.length === 1 ? '' : ' and others'
  const ms = sum(left, entry => entry.ms)
  return {
    evidence: `${evidence.replace(/\.$/, '')}. Up to ${duration(ms)} is counted in “${most?.to.title}”${others} instead.`,
  }
}

function overlapsOf(finding: FindingDraft): Overlaps | undefined {
  return OVERLAPS.find(({ rule }) => rule === ruleOf(finding.id))
}

/** Those that leave nothing come first. */
function rankOf(finding: FindingDraft): number {
  return OVERLAPS.findIndex(({ rule }) => rule === ruleOf(finding.id))
}
