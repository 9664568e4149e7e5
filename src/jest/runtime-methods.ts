// Wrappers of the methods of Jest's runtime that handle modules, in both of its layouts. They run for every module of every test file:
// no spreads, and closures only around entries, transforms and imports of ES modules.

import { types } from 'node:util'
import { observer } from './runtime-observer.js'
import { callNoted, type JestMethod, type Members, type Wrapper } from './wrapped-method.js'

interface RequireOptions {
  isInternalModule?: boolean
  supportsStaticESM?: boolean
}

/** Jest itself requires a module, or one module another (`to`). */
export const entryMethod = (original: JestMethod, prepare: (runtime: Members) => void) =>
  function (this: Members, from: string, to?: string, options?: RequireOptions, isActual?: boolean) {
    prepare(this)
    const current = observer
    if (current === undefined || to !== undefined || options?.isInternalModule === true)
      return original.call(this, from, to, options, isActual)
    current.entries.entryBegins(from)
    const call = () => original.call(this, from, to, options, isActual)
    // An ES module has run when its promise is settled.
    return callNoted(call, () => current.entries.entryEnds(from))
  }

const load: Wrapper = original =>
  function (
    this: object,
    module: object,
    from: string,
    to: string | undefined,
    path: string,
    options: RequireOptions | undefined,
    registry: object,
  ) {
    const current = observer
    const isInternal = options?.isInternalModule === true
    if (isInternal) current?.internalLoaded(path)
    if (current === undefined || isInternal)
      return original.call(this, module, from, to, path, options, registry)
    const importer = to ? from : null
    const begun = current.modules.begin(path, importer)
    try {
      return original.call(this, module, from, to, path, options, registry)
    } catch (error) {
      current.loadFails(begun, { path, importer }, error)
      throw error
    } finally {
      current.modules.end(begun)
    }
  }

const resolve: Wrapper = original =>
  function (this: object, from: string, to?: string) {
    const current = observer
    if (current === undefined || !to) return original.call(this, from, to)
    const start = current.now()
    let path: unknown
    try {
      path = original.call(this, from, to)
    } catch (error) {
      current.notResolved({ from, to, start }, error)
      throw error
    }
    if (typeof path === 'string') current.modules.resolved(from, path, start)
    return path
  }

/** A module requires another. If that is not found, the whole search counts for the request. */
const request: Wrapper = original =>
  function (this: object, from: string, to: string) {
    const current = observer
    if (current === undefined) return original.call(this, from, to)
    const start = current.now()
    current.requests.begins(from)
    try {
      return original.call(this, from, to)
    } catch (error) {
      if (isNotFound(error)) current.requestNotFound({ from, to, start }, error)
      throw error
    } finally {
      current.requests.ends()
    }
  }

const mocked: Wrapper = original =>
  function (this: object, ...args) {
    observer?.requests.mockFound()
    return Reflect.apply(original, this, args)
  }

const automock: Wrapper = original =>
  function (this: object, from: string, to: string) {
    const current = observer
    if (current === undefined) return original.call(this, from, to)
    current.requests.mockingBegins()
    try {
      return original.call(this, from, to)
    } finally {
      current.requests.mockingEnds(from)
    }
  }

function isNotFound(error: unknown): boolean {
  return types.isNativeError(error) && (error as { code?: unknown }).code === 'MODULE_NOT_FOUND'
}

const link: Wrapper = original =>
  function (this: object, from: string, to?: string) {
    const current = observer
    if (current === undefined || !to) return original.call(this, from, to)
    const request = { from, to, start: current.now() }
    const call = () => original.call(this, from, to)
    return callNoted(call, (path, error) => {
      if (error !== undefined) current.notResolved(request, error)
      else if (typeof path === 'string') current.modules.linked(from, path)
    })
  }

/** A failed transform is reported as well, because it took time. */
const transform: Wrapper = original =>
  function (this: object, path: string, options?: RequireOptions) {
    const current = observer
    if (current === undefined || options?.isInternalModule === true) return original.call(this, path, options)
    const end = current.transformBegins(path, options?.supportsStaticESM === true ? 'ES module' : 'CommonJS')
    return callNoted(() => original.call(this, path, options), end)
  }

const compile: Wrapper = original =>
  function (this: object, source: string, path: string) {
    const current = observer
    if (current === undefined) return original.call(this, source, path)
    const start = current.now()
    let code: unknown
    try {
      code = original.call(this, source, path)
      return code
    } finally {
      current.compiled(path, start, code)
    }
  }

// From 30.4 on Jest loads a graph of ES modules again in another way if it has top-level await.
// https://github.com/jestjs/jest/blob/v30.4.0/packages/jest-runtime/src/internals/EsmLoader.ts
const graph: Wrapper = original =>
  function (this: object, ...args) {
    const current = observer
    if (current === undefined) return Reflect.apply(original, this, args)
    current.modules.graphBegins()
    let givenUp = false
    try {
      const module = Reflect.apply(original, this, args)
      givenUp = typeof module !== 'object'
      return module
    } finally {
      current.modules.graphEnds({ givenUp })
    }
  }

/** `part` is the property of the runtime whose value has the method; `''`: the runtime itself. */
export type WrappedMethod = readonly [part: string, name: string, wrapper: Wrapper]

/** 29.7 to 30.3. */
export const CLASSIC: readonly WrappedMethod[] = [
  ['', 'requireModuleOrMock', request],
  ['', 'requireMock', mocked],
  ['', '_generateMock', automock],
  ['', '_loadModule', load],
  ['', '_resolveCjsModule', resolve],
  ['', '_resolveModule', link],
  ['', 'transformFile', transform],
  ['', 'transformFileAsync', transform],
  ['', 'createScriptFromCode', compile],
]

/** From 30.4 on. */
export const SPLIT: readonly WrappedMethod[] = [
  ['', 'requireModuleOrMock', request],
  ['', 'requireMock', mocked],
  ['', '_requireMockWithId', mocked],
  ['', '_generateMock', automock],
  ['cjsLoader', 'loadModule', load],
  ['esmLoader', 'tryLoadGraphSync', graph],
  ['_resolution', 'resolveCjs', resolve],
  ['_resolution', 'resolveEsm', link],
  ['_resolution', 'resolveEsmAsync', link],
  ['transformCache', 'transform', transform],
  ['transformCache', 'transformAsync', transform],
  ['executor', 'compile', compile],
]
