// CPU time below some frames, and the milliseconds that two findings both count: the measures of overlaps.ts.

import { sum } from 'd3-array'
import { callsOf } from '../attribution/calls.js'
import { at, increase } from '../profile/columns.js'
import { fileKey } from '../profile/paths.js'
import {
  type Frame,
  type Microseconds,
  type Phase,
  type Profile,
  samplesOf,
  TIMES,
} from '../profile/profile.js'
import { rankBy } from '../profile/rank.js'
import { relativeTo } from '../report/relative-path.js'
import { toMs } from '../report/rounding.js'
import { hookPlace, hookPlaces } from './evidence/places.js'
import type { Facts, FindingDraft } from './rule.js'

export interface Meeting {
  readonly keeps: FindingDraft
  readonly yields: FindingDraft
  readonly facts: Facts
}

/** Milliseconds that both count: an upper bound where they cannot be measured, so that no time counts twice. */
export type SharedMs = (meeting: Meeting) => number

/** Milliseconds of CPU time below such frames. */
export function timeBelow(profile: Profile, isMeant: (frame: Frame) => boolean): number {
  return toMs(rankBy(profile, frame => (isMeant(frame) ? 'meant' : undefined))[0]?.total ?? 0)
}

export const isTransform = ({ category }: Frame) => category === 'transform'

export function commonModules({ keeps, yields }: Meeting): number {
  const kept = keeps.shares?.modules ?? new Map<string, number>()
  return sum(yields.shares?.modules ?? [], ([module, ms]) => Math.min(ms, kept.get(module) ?? 0))
}

/** Milliseconds of transforms in the finding that keeps its time. */
export function transformsOf({ keeps }: Meeting): number {
  return Math.min(keeps.costMs, keeps.shares?.transformMs ?? 0)
}

export function commonTransforms(meeting: Meeting): number {
  return Math.min(transformsOf(meeting), meeting.yields.shares?.transformMs ?? 0)
}

/** The transforms of the finding that yields: those of the one that keeps its time may be all of them. */
export function transformsWithin({ keeps, yields }: Meeting): number {
  return Math.min(keeps.costMs, yields.shares?.transformMs ?? 0)
}

/** The part of the finding that keeps its time which each test file pays before its own code. */
export function fixedPart({ keeps }: Meeting): number {
  return Math.min(keeps.costMs, keeps.shares?.fixedMs ?? 0)
}

/** Calls that an environment, a resolver or a serializer makes are part of its time. */
export function callsOfExtension({ keeps, yields }: Meeting): number {
  return keeps.position?.file === yields.position?.file ? yields.costMs : 0
}

/** Most of what a slow resolver takes is part of the time of modules. */
export function timeOfResolver({ keeps }: Meeting): number {
  return keeps.id.startsWith('jest-extension:resolver ') ? keeps.costMs : 0
}

export function linesOfLeak({ keeps, yields }: Meeting): number {
  return yields.shares?.modules?.get(keeps.position?.file ?? '') ?? 0
}

/** The hook's place in the id of a finding about a hook. */
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

/** Garbage collection within the calls of the finding that keeps its time. */
export function collectingInCalls({ keeps, facts: { profile } }: Meeting): number {
  return collectedIn(profile, stacksOfCalls(keeps, profile))
}

/** CPU time of a hook within the calls of the finding that keeps its time. */
export function callsInHook({ keeps, yields, facts }: Meeting): number {
  return callsByHook(keeps, facts).get(hookOf(yields)) ?? 0
}

/** CPU time of calls in each hook, by the hook's place. */
export function callsByHook(
  calls: Pick<FindingDraft, 'shares'>,
  facts: Pick<Facts, 'profile' | 'record' | 'report'>,
): ReadonlyMap<string, number> {
  return hookTimeIn(facts, stacksOfCalls(calls, facts.profile))
}

/** By stack, whether it is part of a call of the finding. */
export function stacksOfCalls({ shares }: Pick<FindingDraft, 'shares'>, profile: Profile): boolean[] {
  return Array.from(callsOf(profile).callOf, call => shares?.calls?.has(call) === true)
}

export function collectingIn(...phases: readonly Phase[]): SharedMs {
  return ({ facts: { report } }) => sum(phases, phase => report.phases[phase].gcMs)
}

export function collectingInHook({ keeps, facts: { report } }: Meeting): number {
  const hooks = report.hooks.filter(hook => hookPlace(hook) === hookOf(keeps))
  return sum(hooks, ({ gcMs }) => gcMs)
}

/** Milliseconds of garbage collection below such frames. */
export function collectedBelow(profile: Profile, isMeant: (frame: Frame) => boolean): number {
  return collectedIn(profile, below(profile, isMeant))
}

/** `isBelow`: by stack. */
function collectedIn(profile: Profile, isBelow: readonly boolean[]): number {
  const { frames, stacks } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  let collected: Microseconds = 0
  samples.stack.forEach((stack, row) => {
    const { category } = at(frames, at(stacks.frame, stack))
    if (category === 'gc' && isBelow[stack] === true) collected += at(samples.weight, row)
  })
  return toMs(collected)
}

/** Milliseconds of CPU time below such frames in each hook, by the hook's place. */
export function hookTimeBelow(
  facts: Pick<Facts, 'profile' | 'record' | 'report'>,
  isMeant: (frame: Frame) => boolean,
): ReadonlyMap<string, number> {
  return hookTimeIn(facts, below(facts.profile, isMeant))
}

/** `isBelow`: by stack. */
function hookTimeIn(
  { profile, record, report }: Pick<Facts, 'profile' | 'record' | 'report'>,
  isBelow: readonly boolean[],
): ReadonlyMap<string, number> {
  const { scopes } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const toRelative = relativeTo(report.run.displayRoot)
  const placesOf = new Map(
    record.files.map(file => [
      fileKey({ project: file.projectId, file: file.path }),
      hookPlaces(file, toRelative),
    ]),
  )
  const times = new Map<string, number>()
  samples.stack.forEach((stack, row) => {
    const scope = at(scopes, at(samples.scope, row))
    if (scope.hook === undefined || isBelow[stack] !== true) return
    const place = placesOf.get(fileKey(scope))?.[scope.hook]
    if (place !== undefined) increase(times, place, at(samples.weight, row) / 1000)
  })
  return times
}

/** By stack, whether it contains such a frame. Callers come before callees. */
export function below({ frames, stacks }: Profile, isMeant: (frame: Frame) => boolean): boolean[] {
  const is = frames.map(isMeant)
  const found: boolean[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    found.push(is[frame] === true || (caller >= 0 && found[caller] === true))
  })
  return found
}
