// The environment classes of the package's entries: each wraps one base, found by name.

import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment'
import { type EnvironmentClass, loadBaseEnvironment } from './base-environment.js'
import { constructProfiled, RECORDS_ITSELF } from './profiled-environment.js'

/** A class whose instances are those of the named environment, with a recording around them. */
export function profiledEnvironment(nameOf: (config: JestEnvironmentConfig) => string): EnvironmentClass {
  // A function, for a class could not be typed to construct another one's instances.
  function ProfiledEnvironment(config: JestEnvironmentConfig, context: EnvironmentContext): JestEnvironment {
    return constructProfiled(config, context, stripped => {
      const Base = loadBaseEnvironment(nameOf(config), config.projectConfig)
      return new Base(stripped, context)
    })
  }
  return Object.assign(ProfiledEnvironment, { [RECORDS_ITSELF]: true }) as unknown as EnvironmentClass
}
