// Observes Jest's script transformer: how long the user's transformers took, and whether its cache had the result.

import { types } from 'node:util'
import { monotonicMicros } from '../clock.js'
import { around, type Methods, type Wrapper } from './method-wrapper.js'
import { observer } from './runtime-observer.js'

interface ScriptTransformer {
  _getTransformPath(path: string): string | null | undefined
  shouldTransform(path: string): boolean
}

// Asked only for what a worker has not in memory; it builds a result only when the cache on disk has none.
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-transform/src/ScriptTransformer.ts
export function wrapTransformer(prototype: Methods): void {
  let built = 0
  around(
    prototype,
    '_buildTransformResult',
    original =>
      function (this: object, ...args) {
        built++
        return Reflect.apply(original, this, args)
      },
  )
  const timed: Wrapper = original =>
    function (this: ScriptTransformer, path: string, ...rest: never[]) {
      const told = observer
      if (told === undefined) return Reflect.apply(original, this, [path, ...rest])
      const before = built
      const start = monotonicMicros()
      const end = () => {
        const micros = monotonicMicros() - start
        const transformer = (this.shouldTransform(path) ? this._getTransformPath(path) : null) ?? null
        told.transforms.add({ path, transformer, missed: built > before, micros })
      }
      const result: unknown = Reflect.apply(original, this, [path, ...rest])
      if (types.isPromise(result)) result.then(end, () => undefined)
      else end()
      return result
    }
  around(prototype, 'transformSource', timed)
  around(prototype, 'transformSourceAsync', timed)
}
