// Has every test environment recorded, whoever chose it and whatever it is written in.

import { replacedEnvironments } from '../jest/environment-loading.js'
import type { Replacement } from '../jest/required-modules.js'

/** `whenAsked` is called as soon as a runner has what it asked for. */
export function recordedEnvironments(whenAsked?: () => void): Replacement {
  return replacedEnvironments(async environment => {
    // Loaded only now: most processes that Jest starts never have an environment.
    const { recordedEnvironment } = await import('../collect/profiled-environment.js')
    return recordedEnvironment(environment)
  }, whenAsked)
}
