// Environment classes with every test file recorded, for environments that cannot be named, such as TypeScript classes.

import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment'
import type { AnyClass } from '../jest/environment-module.js'
import { constructProfiled, RECORDS_ITSELF } from './profiled-environment.js'
import { findRunLink } from './run-link.js'

/**
 * The same environment class with every test file recorded:
 *
 * ```ts
 * export default withProfiling(MyEnvironment)
 * ```
 *
 * Instances are those of `Base` (private fields and statics work), its constructor is called with Jest's config
 * without our own options.
 */
export function withProfiling<Base extends AnyClass>(Base: Base): Base {
  return new Proxy(Base, {
    construct(_target, args, newTarget): object {
      const [config, context, ...others] = args as [JestEnvironmentConfig, EnvironmentContext, ...unknown[]]
      const constructBase = (stripped: JestEnvironmentConfig): JestEnvironment =>
        Reflect.construct(Base, [stripped, context, ...others], newTarget)
      return constructProfiled(config, context, constructBase)
    },
  })
}

/**
 * The same environment class as `npx jest-profiler` records it, where the project's config does not mention the profiler: recorded
 * in runs with our reporter, and left alone in others, such as a Jest within a test.
 */
export function recordedEnvironment<Base extends AnyClass>(Base: Base): Base {
  if (RECORDS_ITSELF in Base) return Base
  return new Proxy(Base, {
    construct(_target, args, newTarget): object {
      const [config, context] = args as [JestEnvironmentConfig, EnvironmentContext]
      const constructBase = (): JestEnvironment => Reflect.construct(Base, args, newTarget)
      const isRecorded = findRunLink(config.globalConfig) !== undefined
      return isRecorded ? constructProfiled(config, context, constructBase) : constructBase()
    },
  })
}
