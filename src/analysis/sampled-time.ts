// What the samples say of an owner of time: how long it was busy, collected garbage, or had nothing to run.

import { at } from '../profile/columns.js'
import type { Microseconds, Profile } from '../profile/profile.js'
import type { OwnerOf } from './functions-by-owner.js'

export interface SampledTime {
  /** All but idle time, garbage collection included. */
  busy: Microseconds
  gc: Microseconds
  idle: Microseconds
  count: number
}

export function sampledTimeByOwner(profile: Profile, ownerOf: OwnerOf): Map<string, SampledTime> {
  const { samples, stacks, frames } = profile
  const owners = profile.scopes.map(ownerOf)
  const times = new Map<string, SampledTime>()
  samples.stack.forEach((stack, row) => {
    const owner = at(owners, at(samples.scope, row))
    if (owner === undefined) return
    const time = times.get(owner) ?? { busy: 0, gc: 0, idle: 0, count: 0 }
    const weight = at(samples.weight, row)
    const { category } = at(frames, at(stacks.frame, stack))
    if (category === 'idle') time.idle += weight
    else time.busy += weight
    if (category === 'gc') time.gc += weight
    time.count += at(samples.count, row)
    times.set(owner, time)
  })
  return times
}
