// Observes Jest's script transformer: how long the user's transformers took, and whether its cache had the result.

import { realpathSync } from 'node:fs'
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
  /** Real paths of what was built and not yet noted: several files may be transformed at once. */
  const built = new Set<string>()
  around(
    prototype,
    '_buildTransformResult',
    original =>
      function (this: object, path: string, ...rest: never[]) {
        built.add(path)
        return Reflect.apply(original, this, [path, ...rest])
      },
  )
  const wasBuilt = (path: string) => built.size > 0 && (built.delete(path) || built.delete(realPath(path)))
  const timed: Wrapper = original =>
    function (this: ScriptTransformer, path: string, ...rest: never[]) {
      const told = observer
      if (told === undefined) return Reflect.apply(original, this, [path, ...rest])
      const start = monotonicMicros()
      const note = (failed: boolean) => {
        const micros = monotonicMicros() - start
        const transformer = (this.shouldTransform(path) ? this._getTransformPath(path) : null) ?? null
        told.transforms.add({ path, transformer, missed: wasBuilt(path) || failed, micros })
      }
      const end = () => note(false)
      // What the cache has never fails: errors of types, for one, come from a transformer at work.
      const fail = () => note(true)
      let result: unknown
      try {
        result = Reflect.apply(original, this, [path, ...rest])
      } catch (error) {
        fail()
        throw error
      }
      if (types.isPromise(result)) result.then(end, fail)
      else end()
      return result
    }
  around(prototype, 'transformSource', timed)
  around(prototype, 'transformSourceAsync', timed)
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
