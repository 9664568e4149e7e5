// Records every test environment, however it is configured and in whatever language it is written.

import { replacedEnvironments } from '../jest/environment-loading.js'
import type { Replacement } from '../jest/required-modules.js'

/** `whenAsked` is called as soon as a test runner has the environment it asked for. */
export function recordedEnvironments(whenAsked?: () => void): Replacement {
  return replacedEnvironments(async environment => {
    // Loaded lazily: most processes that Jest starts never have an environment.
    const { recordedEnvironment } = await import('../collect/profiled-environment.js')
    return recordedEnvironment(environment)
  }, whenAsked)
}
