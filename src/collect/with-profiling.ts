// The mixin for environments that cannot be named, such as TypeScript classes.

import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment'
import type { EnvironmentClass } from './base-environment.js'
import { constructProfiled } from './profiled-environment.js'

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
export function withProfiling<Base extends EnvironmentClass>(Base: Base): Base {
  return new Proxy(Base, {
    construct(
      _target,
      [config, context, ...others]: [JestEnvironmentConfig, EnvironmentContext, ...unknown[]],
      newTarget,
    ) {
      return constructProfiled(config, context, stripped =>
        Reflect.construct(Base, [stripped, context, ...others], newTarget),
      )
    },
  })
}
