// Jest's ScriptTransformer (@jest/transform), which calls the user's transformers. Reports each call for a file that is not in memory,
// whether the cache on disk had a result, and the cache key.
//
// Known: 29.7 and 30.0 to 30.5. `_buildTransformResult` is called only when the cache on disk has no result; names of files in
// that cache end in their key.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-transform/src/ScriptTransformer.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-transform/src/ScriptTransformer.ts
// With another layout nothing is wrapped, and the observer gets `unobserved('transforms')`.

import { realpathSync } from 'node:fs'
import { observer } from './runtime-observer.js'
import { callNoted, type JestMethod, type Members, type Wrapper, wrapMethod } from './wrapped-method.js'

/** The members of Jest's class that we use. */
interface TransformingMembers {
  readonly _config: { readonly cache: boolean }
  readonly _cache: { readonly configString: string }
  _getTransformPath(path: string): string | null | undefined
  shouldTransform(path: string): boolean
  _getCacheKey(content: string, path: string, options: object): unknown
}

const METHODS = [
  ...['_buildTransformResult', 'transformSource', 'transformSourceAsync'],
  ...['_getTransformPath', 'shouldTransform', '_getCacheKey'],
]

/** Returns whether the layout of the class is known. */
export function wrapScriptTransformer(prototype: Members): boolean {
  if (!METHODS.every(name => typeof prototype[name] === 'function')) return false
  // Real paths of files that were built and not yet reported: several may be transformed at once.
  const built = new Set<string>()
  wrapMethod(prototype, '_buildTransformResult', original => building(original, built))
  const timed: Wrapper = original =>
    function (this: TransformingMembers, path: string, content: string, ...rest: never[]) {
      const end = observer?.transformerBegins()
      const call = () => Reflect.apply(original, this, [path, content, ...rest])
      if (end === undefined) return call()
      return callNoted(call, (_result, error) =>
        end(() => ({
          path,
          size: typeof content === 'string' ? content.length : 0,
          transformer: (this.shouldTransform(path) ? this._getTransformPath(path) : null) ?? null,
          // A cache hit never fails: errors, such as those of types, come from a transformer.
          missed: wasBuilt(path, built) || error !== undefined,
          isCached: this._config?.cache !== false,
          project: this._cache,
        })),
      )
    }
  wrapMethod(prototype, 'transformSource', timed)
  wrapMethod(prototype, 'transformSourceAsync', timed)
  return true
}

/** The members of a transformer's module that compute cache keys. */
interface KeyComputing {
  readonly getCacheKey?: unknown
  readonly getCacheKeyAsync?: unknown
}

function building(original: JestMethod, built: Set<string>) {
  return function (this: TransformingMembers, ...args: never[]) {
    const [path, cacheFile, content, module, isCalled, options] = args as unknown as [
      ...[path: string, cacheFile: string, content: string],
      ...[module: KeyComputing | undefined, isCalled: boolean, options: object],
    ]
    built.add(path)
    if (isCalled && module) noteMiss(this, module, { path, cacheFile, content, options })
    return Reflect.apply(original, this, args)
  }
}

function noteMiss(
  jests: TransformingMembers,
  { getCacheKey, getCacheKeyAsync }: KeyComputing,
  {
    path,
    cacheFile,
    content,
    options,
  }: { options: object } & Record<'path' | 'cacheFile' | 'content', string>,
): void {
  // Without a cache every file misses; without a getCacheKey the key is Jest's own.
  if (jests._config?.cache !== true) return
  if (typeof getCacheKey !== 'function' && typeof getCacheKeyAsync !== 'function') return
  const transformer = jests._getTransformPath(path)
  const key = /_([0-9a-f]+)$/.exec(cacheFile)?.[1]
  if (key === undefined) observer?.unobserved('cache keys')
  if (typeof transformer !== 'string' || key === undefined) return
  observer?.cacheMissed({
    transformer,
    path,
    key,
    input: () => JSON.stringify([content, jests._cache?.configString, options]),
    askAgain: () => {
      if (typeof getCacheKeyAsync === 'function') return undefined
      try {
        const again = jests._getCacheKey(content, path, options)
        return typeof again === 'string' ? again : undefined
      } catch {
        // At the end of a test file, something that it needs may no longer exist: that shows nothing about its keys.
        return undefined
      }
    },
  })
}

function wasBuilt(path: string, built: Set<string>): boolean {
  if (built.size === 0) return false
  if (built.delete(path)) return true
  try {
    return built.delete(realpathSync.native(path))
  } catch {
    return false
  }
}
