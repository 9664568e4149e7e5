// Makes the costs of findings add up. Where two findings count the same time, the more specific one keeps it. The other
// costs only the rest, and is dropped if the rest alone would not have been a finding. OVERLAPS lists all such pairs.

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
import { leastOfFixedCosts } from './rules/fixed-costs.js'
import { leastOfCollection } from './rules/garbage-collection.js'
import { leastOfHeavyImport } from './rules/heavy-imports.js'
import { isTracking } from './rules/open-handle-detection.js'
import { isPropagating } from './rules/promise-hooks.js'
import { isTypeCheck } from './rules/ts-jest-type-check.js'
import {
  callsInHook,
  callsOfExtension,
  collectingBelow,
  collectingIn,
  collectingInCalls,
  collectingInHook,
  commonModules,
  commonTransforms,
  fixedPart,
  inHookBelow,
  isTransform,
  linesOfLeak,
  type SharedMs,
  timeOfResolver,
  transformsOf,
  transformsWithin,
  waitsInHook,
} from './shared-time.js'

interface Overlaps {
  readonly rule: FindingRule
  /** The time that findings of this rule leave to findings of each other rule. */
  readonly leaves: Readonly<Partial<Record<FindingRule, SharedMs>>>
  /** The rest, in milliseconds, below which there is no finding. */
  readonly least?: (report: Report) => number
}

/** Overlaps of findings about the time of all transforms. */
const TRANSFORMING: Overlaps['leaves'] = {
  // Types are checked only in transforms that are not cached.
  'ts-jest-type-check': ({ keeps }) => keeps.costMs,
  'coverage-cost': transformsOf,
  'open-handle-detection': transformsOf,
}

/** Rules about code, with a test for the frames below which its time passes. */
const CODE: Readonly<Partial<Record<FindingRule, (frame: Frame) => boolean>>> = {
  'ts-jest-type-check': isTypeCheck,
  'coverage-cost': isCoverage,
  'open-handle-detection': isTracking,
  'promise-hooks': isPropagating,
  'cold-cache': isTransform,
  'cache-off': isTransform,
  'cache-never-warms': isTransform,
  barrel: loadsModule,
}

function inCode(sharedBelow: (isMeant: (frame: Frame) => boolean) => SharedMs): Overlaps['leaves'] {
  return Object.fromEntries(Object.entries(CODE).map(([rule, isMeant]) => [rule, sharedBelow(isMeant)]))
}

/** From specific to general: a rule leaves time to rules above it, and to more expensive findings of its own. */
const OVERLAPS: readonly Overlaps[] = [
  { rule: 'costly-calls', leaves: { 'jest-extension': callsOfExtension } },
  // Requests of a loop that could be sent at once.
  { rule: 'external-waits', leaves: { 'serial-awaits': ({ keeps }) => keeps.costMs } },
  { rule: 'sandbox-globals', leaves: { 'leaked-work': linesOfLeak } },
  { rule: 'cache-off', leaves: TRANSFORMING, least: leastOfColdCache },
  { rule: 'cache-never-warms', leaves: TRANSFORMING },
  {
    rule: 'barrel',
    leaves: {
      // With a cache and a cheap resolver, what nobody uses costs only its loading.
      'jest-extension': timeOfResolver,
      'cache-off': transformsWithin,
      'cache-never-warms': transformsWithin,
      'ts-jest-type-check': transformsWithin,
      'coverage-cost': commonTransforms,
      'open-handle-detection': commonTransforms,
      'reloaded-modules': commonModules,
      'sandbox-globals': commonModules,
      barrel: commonModules,
    },
  },
  { rule: 'cold-cache', leaves: { ...TRANSFORMING, barrel: transformsOf }, least: leastOfColdCache },
  // Copies and modules in set-up files are more specific than the import that leads to them.
  {
    rule: 'set-up-import',
    leaves: { 'package-copies': commonModules },
  },
  {
    rule: 'heavy-import',
    leaves: {
      'jest-extension': timeOfResolver,
      barrel: commonModules,
      'package-copies': commonModules,
      'reloaded-modules': commonModules,
      'set-up-import': commonModules,
      'sandbox-globals': commonModules,
      'cold-cache': transformsWithin,
      'cache-off': transformsWithin,
      'cache-never-warms': transformsWithin,
      'ts-jest-type-check': transformsWithin,
    },
    least: leastOfHeavyImport,
  },
  {
    rule: 'fixed-cost',
    leaves: {
      'unused-jsdom': ({ keeps }) => keeps.costMs,
      'jest-extension': fixedPart,
      'set-up-import': fixedPart,
      'heavy-import': fixedPart,
    },
    least: leastOfFixedCosts,
  },
  {
    rule: 'dominant-hook',
    leaves: {
      polling: waitsInHook,
      'real-timers': waitsInHook,
      'timed-out-waits': waitsInHook,
      'serial-awaits': waitsInHook,
      'external-waits': waitsInHook,
      ...inCode(inHookBelow),
      'leaked-work': inHookBelow(() => true),
      'costly-calls': callsInHook,
      'reloaded-modules': inHookBelow(loadsModule),
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
      'costly-calls': collectingInCalls,
    },
    least: leastOfCollection,
  },
]

/** The findings of whose cost at least `leastMs` remains, without `shares`. */
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

/** Milliseconds; shorter overlaps are within measurement error. */
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

/** Rules that leave nothing come first. */
function rankOf(finding: FindingDraft): number {
  return OVERLAPS.findIndex(({ rule }) => rule === ruleOf(finding.id))
}
