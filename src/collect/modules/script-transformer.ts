// Observes Jest's script transformer: how long the user's transformers took, what of that went into loading them, and
// whether Jest's cache had the result.

import { realpathSync } from 'node:fs'
import { types } from 'node:util'
import { monotonicMicros } from '../clock.js'
import type { JestsTransformer } from './cache-key-log.js'
import { loadingClock } from './loading-clock.js'
import { around, type Method, type Methods, type Wrapper } from './method-wrapper.js'
import { observer, type RuntimeObserver } from './runtime-observer.js'
import { isFirstCall } from './transformer-set-up.js'

interface ScriptTransformer extends JestsTransformer {
  _getTransformPath(path: string): string | null | undefined
  shouldTransform(path: string): boolean
}

/** Real paths of what was built and not yet noted: several files may be transformed at once. */
type Built = Set<string>

// Asked only for what a worker has not in memory; it builds a result only when the cache on disk has none.
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-transform/src/ScriptTransformer.ts
export function wrapTransformer(prototype: Methods): void {
  const built: Built = new Set()
  around(prototype, '_buildTransformResult', original => building(original, built))
  const timed: Wrapper = original =>
    function (this: ScriptTransformer, ...args: never[]) {
      const told = observer
      if (told === undefined) return Reflect.apply(original, this, args)
      const [path, content] = args as unknown as [path: string, content: string]
      const call = { told, path, size: typeof content === 'string' ? content.length : 0, built, jests: this }
      return timedCall(() => Reflect.apply(original, this, args), call)
    }
  around(prototype, 'transformSource', timed)
  around(prototype, 'transformSourceAsync', timed)
}

function building(original: Method, built: Built) {
  return function (this: ScriptTransformer, ...args: never[]) {
    const [path, cacheFile, content, keyed, isCalled, options] = args as unknown as [
      ...[path: string, cacheFile: string, content: string],
      ...[keyed: Methods | undefined, isCalled: boolean, options: object],
    ]
    built.add(path)
    const transformer = isCalled ? this._getTransformPath(path) : undefined
    if (keyed && typeof transformer === 'string')
      observer?.cacheKeys.built({ jests: this, transformer, path, content, options, keyed, cacheFile })
    return Reflect.apply(original, this, args)
  }
}

interface TimedCall {
  told: RuntimeObserver
  path: string
  /** Characters. */
  size: number
  built: Built
  jests: ScriptTransformer
}

function timedCall(call: () => unknown, { told, path, size, built, jests }: TimedCall): unknown {
  const [start, loadedBefore] = [monotonicMicros(), loadingClock.micros]
  loadingClock.callBegins()
  const note = (failed: boolean) => {
    loadingClock.callEnds()
    const micros = Math.max(0, monotonicMicros() - start - (loadingClock.micros - loadedBefore))
    const loadMicros = loadingClock.claim()
    const transformer = (jests.shouldTransform(path) ? jests._getTransformPath(path) : null) ?? null
    const missed = wasBuilt(path, built) || failed
    const isFirst = transformer !== null && isFirstCall(jests, { transformer, missed })
    const isCached = jests._config?.cache !== false
    const loading = transformer === null ? 0 : loadMicros
    const file = { path, transformer, missed, isCached, start, micros, size, isFirst }
    told.transforms.add({ ...file, loadMicros: loading })
    if (loading > 0 && transformer !== null) told.modules.transformerLoaded(transformer, start, loadMicros)
  }
  const end = () => note(false)
  // What the cache has never fails: errors of types, for one, come from a transformer at work.
  const fail = () => note(true)
  let result: unknown
  try {
    result = call()
  } catch (error) {
    fail()
    throw error
  }
  if (types.isPromise(result)) result.then(end, fail)
  else end()
  return result
}

function wasBuilt(path: string, built: Built): boolean {
  return built.size > 0 && (built.delete(path) || built.delete(realPath(path)))
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
