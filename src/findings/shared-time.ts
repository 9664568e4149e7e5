// Milliseconds that two findings both count: the measures of overlaps.ts.

import type { Frame, Phase } from '../profile/profile.js'
import { hookPlace } from './evidence/places.js'
import { collectedBelow, hookTimeBelow } from './evidence/time-in.js'
import type { Facts, FindingDraft } from './rule.js'

export interface Meeting {
  readonly keeps: FindingDraft
  readonly yields: FindingDraft
  readonly facts: Facts
}

/** Milliseconds that both count. What cannot be measured is as much as it can be at most: no second counts twice. */
export type SharedMs = (meeting: Meeting) => number

export const isTransform = ({ category }: Frame) => category === 'transform'

export function commonModules({ keeps, yields }: Meeting): number {
  const kept = keeps.shares?.modules ?? new Map<string, number>()
  return [...(yields.shares?.modules ?? [])].reduce(
    (sum, [module, ms]) => sum + Math.min(ms, kept.get(module) ?? 0),
    0,
  )
}

/** Transforms of the finding that keeps its time. */
export function transformsOf({ keeps }: Meeting): number {
  return Math.min(keeps.costMs, keeps.shares?.transformMs ?? 0)
}

export function commonTransforms(meeting: Meeting): number {
  return Math.min(transformsOf(meeting), meeting.yields.shares?.transformMs ?? 0)
}

export function linesOfLeak({ keeps, yields }: Meeting): number {
  return yields.shares?.modules?.get(keeps.position?.file ?? '') ?? 0
}

/** The place of the hook that such a finding is about. */
function hookOf({ id }: FindingDraft): string {
  return id.slice(id.indexOf(':') + 1)
}

export function waitsInHook({ keeps, yields }: Meeting): number {
  return keeps.shares?.inHooks?.get(hookOf(yields)) ?? 0
}

export function inHookBelow(isMeant: (frame: Frame) => boolean): SharedMs {
  return ({ yields, facts }) => hookTimeBelow(facts, isMeant).get(hookOf(yields)) ?? 0
}

export function collectingBelow(isMeant: (frame: Frame) => boolean): SharedMs {
  return ({ facts: { profile } }) => collectedBelow(profile, isMeant)
}

export function collectingIn(...phases: readonly Phase[]): SharedMs {
  return ({ facts: { report } }) => phases.reduce((sum, phase) => sum + report.phases[phase].gcMs, 0)
}

export function collectingInHook({ keeps, facts: { report } }: Meeting): number {
  const hooks = report.hooks.filter(hook => hookPlace(hook) === hookOf(keeps))
  return hooks.reduce((sum, { gcMs }) => sum + gcMs, 0)
}
