// What jsdom did for each test file, by the samples.

import { at } from '../../profile/columns.js'
import { isUserCode } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import { type Microseconds, type Phase, type Profile, samplesOf, TIMES } from '../../profile/profile.js'

export interface JsdomTime {
  /** With all that it called, while the environment was built and torn down. */
  environment: Microseconds
  /** Whether it was seen at any other time, in calls of the project or of a package. */
  usedElsewhere: boolean
}

const OF_ENVIRONMENT: ReadonlySet<Phase> = new Set(['environment', 'teardown'])

/** By `fileKey`; files without a sample of jsdom are left out. */
export function jsdomTimes(profile: Profile): Map<string, JsdomTime> {
  const { frames, stacks, scopes } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const isJsdom: boolean[] = []
  // Jest's own timers are jsdom's too, and a document ends to load by itself when Jest is busy already.
  const isUsers: boolean[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    const { package: name, category } = at(frames, frame)
    const isWithin = caller >= 0 && at(isJsdom, caller)
    isJsdom.push(isWithin || name === 'jsdom')
    isUsers.push((caller >= 0 && at(isUsers, caller)) || (!at(isJsdom, stack) && isUserCode({ category })))
  })
  const times = new Map<string, JsdomTime>()
  samples.stack.forEach((stack, row) => {
    if (!at(isJsdom, stack)) return
    const scope = at(scopes, at(samples.scope, row))
    const key = fileKey(scope)
    const time = times.get(key) ?? { environment: 0, usedElsewhere: false }
    times.set(key, time)
    if (OF_ENVIRONMENT.has(scope.phase)) time.environment += at(samples.weight, row)
    else time.usedElsewhere ||= at(isUsers, stack)
  })
  return times
}
