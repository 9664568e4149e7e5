// What jsdom did for each test file, by the samples.

import { at } from '../profile/columns.js'
import type { Microseconds, Phase, Profile } from '../profile/profile.js'

export interface JsdomTime {
  /** With all that it called, while the environment was built and torn down. */
  environment: Microseconds
  /** Whether it was seen at any other time. */
  usedElsewhere: boolean
}

const OF_ENVIRONMENT: ReadonlySet<Phase> = new Set(['environment', 'teardown'])

/** By `fileKey`; files without a sample of jsdom are left out. */
export function jsdomTimes({ frames, stacks, scopes, samples }: Profile): Map<string, JsdomTime> {
  const isJsdom: boolean[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    isJsdom.push((caller >= 0 && at(isJsdom, caller)) || at(frames, frame).package === 'jsdom')
  })
  const times = new Map<string, JsdomTime>()
  samples.stack.forEach((stack, row) => {
    // Idle time stands below what is waited for: every timer of such an environment is jsdom's.
    const { category } = at(frames, at(stacks.frame, stack))
    if (!at(isJsdom, stack) || category === 'idle') return
    const { project, file, phase } = at(scopes, at(samples.scope, row))
    const key = fileKey(project, file)
    const time = times.get(key) ?? { environment: 0, usedElsewhere: false }
    times.set(key, time)
    if (OF_ENVIRONMENT.has(phase)) time.environment += at(samples.weight, row)
    else time.usedElsewhere = true
  })
  return times
}

/** Jest's id of the project, and an absolute path. */
export function fileKey(projectId: string, path: string): string {
  return `${projectId}\0${path}`
}
