// An environment class as `npx jest-profiler` has it recorded: nothing of the project's config speaks of the profiler.

import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment'
import { constructProfiled, RECORDS_ITSELF } from './profiled-environment.js'
import { findRunLink } from './run-link.js'

type AnyClass = new (...args: never[]) => object

/** The same class, recorded in runs that have our reporter and left alone in others, such as a Jest within a test. */
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
