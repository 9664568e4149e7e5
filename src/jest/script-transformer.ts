// Jest's ScriptTransformer (@jest/transform), which calls the user's transformers: each call for a file that is not in memory,
// whether the cache on disk had a result, and under which key it looked.
//
// Known: 29.7 and 30.0 to 30.5. `_buildTransformResult` is called only when the cache on disk has no result; names of files in
// that cache end in their key.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-transform/src/ScriptTransformer.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-transform/src/ScriptTransformer.ts
// With another layout nothing is wrapped, and the observer is told that it will not be told of transforms.

import { realpathSync } from 'node:fs'
import { types } from 'node:util'
import { observer, type TransformerCall } from './runtime-observer.js'
import { type JestMethod, type Members, type Wrapper, wrapMethod } from './wrapped-method.js'

/** What is read and called of Jest's class. */
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

/** Returns whether the class is one that is known. */
export function wrapScriptTransformer(prototype: Members): boolean {
  if (!METHODS.every(name => typeof prototype[name] === 'function')) return false
  // Real paths of what was built and not yet noted: several files may be transformed at once.
  const built = new Set<string>()
  wrapMethod(prototype, '_buildTransformResult', original => building(original, built))
  const timed: Wrapper = original =>
    function (this: TransformingMembers, path: string, content: string, ...rest: never[]) {
      const told = observer
      const call = () => Reflect.apply(original, this, [path, content, ...rest])
      return told === undefined
        ? call()
        : toldCall(call, told.transformerBegins(), { built, path, content, jests: this })
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
  // Without a cache nothing is ever in it; and without a getCacheKey the key is Jest's own.
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
        // What it needs may be gone by the end of a test file: that says nothing about its keys.
        return undefined
      }
    },
  })
}

interface TransformedSource {
  readonly built: Set<string>
  readonly path: string
  readonly content: unknown
  readonly jests: TransformingMembers
}

function toldCall(
  call: () => unknown,
  end: (describe: () => TransformerCall) => void,
  { built, path, content, jests }: TransformedSource,
): unknown {
  const describe = (outcome: { failed: boolean }): TransformerCall => ({
    path,
    size: typeof content === 'string' ? content.length : 0,
    transformer: (jests.shouldTransform(path) ? jests._getTransformPath(path) : null) ?? null,
    missed: wasBuilt(path, built) || outcome.failed,
    isCached: jests._config?.cache !== false,
    project: jests._cache,
  })
  const succeed = () => end(() => describe({ failed: false }))
  // What the cache has never fails: errors of types, for one, come from a transformer at work.
  const fail = () => end(() => describe({ failed: true }))
  let result: unknown
  try {
    result = call()
  } catch (error) {
    fail()
    throw error
  }
  if (types.isPromise(result)) result.then(succeed, fail)
  else succeed()
  return result
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
