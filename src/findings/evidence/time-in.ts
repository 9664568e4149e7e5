// CPU time by what it was spent in: the samples on whose stack, or in whose hook, something is.

import { at, increase } from '../../profile/columns.js'
import { fileKey } from '../../profile/paths.js'
import { type Frame, type Microseconds, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import { relativeTo } from '../../report/relative-path.js'
import { toMs } from '../../report/rounding.js'
import type { Facts } from '../rule.js'
import { hookPlaces } from './places.js'

/** Milliseconds of garbage collection below such a frame. */
export function collectedBelow(profile: Profile, isMeant: (frame: Frame) => boolean): number {
  const { frames, stacks } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const isBelow = below(profile, isMeant)
  let sum: Microseconds = 0
  samples.stack.forEach((stack, row) => {
    const { category } = at(frames, at(stacks.frame, stack))
    if (category === 'gc' && isBelow[stack] === true) sum += at(samples.weight, row)
  })
  return toMs(sum)
}

/** Milliseconds of CPU time below such a frame in each hook, by the hook's place. */
export function hookTimeBelow(
  { profile, records, report }: Pick<Facts, 'profile' | 'records' | 'report'>,
  isMeant: (frame: Frame) => boolean,
): ReadonlyMap<string, number> {
  const { scopes } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const toRelative = relativeTo(report.run.displayRoot)
  const placesOf = new Map(
    records.map(record => [
      fileKey({ project: record.projectId, file: record.path }),
      hookPlaces(record, toRelative),
    ]),
  )
  const isBelow = below(profile, isMeant)
  const times = new Map<string, number>()
  samples.stack.forEach((stack, row) => {
    const scope = at(scopes, at(samples.scope, row))
    const { hook } = scope
    if (hook === undefined || isBelow[stack] !== true) return
    const place = placesOf.get(fileKey(scope))?.[hook]
    if (place !== undefined) increase(times, place, at(samples.weight, row) / 1000)
  })
  return times
}

/** By stack. Callers stand before callees. */
function below({ frames, stacks }: Profile, isMeant: (frame: Frame) => boolean): boolean[] {
  const is = frames.map(isMeant)
  const found: boolean[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    found.push(is[frame] === true || (caller >= 0 && found[caller] === true))
  })
  return found
}
