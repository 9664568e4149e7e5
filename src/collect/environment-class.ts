// The environment classes of the package's entries. Each wraps one base class, found by name.

import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment'
import type { Config } from '@jest/types'
import { UserError } from '../errors/user-error.js'
import { type EnvironmentClass, loadEnvironment, OPTIONS_KEY } from '../jest/environment-module.js'
import { constructProfiled, RECORDS_ITSELF } from './profiled-environment.js'

/** Returns a class whose instances are those of the named environment and are recorded. */
export function profiledEnvironment(nameOf: (config: JestEnvironmentConfig) => string): EnvironmentClass {
  // A function, because a class cannot be typed to construct instances of another class.
  function ProfiledEnvironment(config: JestEnvironmentConfig, context: EnvironmentContext): JestEnvironment {
    return constructProfiled(config, context, stripped => {
      const Base = loadEnvironment(nameOf(config), config.projectConfig)
      return new Base(stripped, context)
    })
  }
  return Object.assign(ProfiledEnvironment, { [RECORDS_ITSELF]: true }) as unknown as EnvironmentClass
}

/** Returns `testEnvironmentOptions.profiler.environment`, by default `node`. Throws a UserError when it is not a name. */
export function baseEnvironmentName({ testEnvironmentOptions }: Config.ProjectConfig): string {
  const options = testEnvironmentOptions[OPTIONS_KEY] ?? {}
  const where = `jest-profiler: testEnvironmentOptions.${OPTIONS_KEY}`
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new UserError(
      `${where} must be an object, got ${JSON.stringify(options)}. Write { environment: 'node' }.`,
    )
  }
  const { environment = 'node', ...others } = options as { environment?: unknown }
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw new UserError(
      `${where} has no option "${unknown}". Only "environment" goes here; all others are the reporter's.`,
    )
  }
  if (typeof environment !== 'string' || environment === '') {
    const got = JSON.stringify(environment)
    throw new UserError(
      `${where}.environment must be a name or a path, got ${got}. Write 'node', 'jsdom' or a path.`,
    )
  }
  return environment
}
