// The mixin for environments that cannot be named, such as TypeScript classes.

import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment'
import { constructProfiled } from './profiled-environment.js'

/** Any class: the types of Jest's environments differ between its versions. */
type AnyClass = new (...args: never[]) => object

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
