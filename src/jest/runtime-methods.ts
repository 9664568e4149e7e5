// The methods of Jest's runtime that do something with modules, in both of its layouts, and what the observer is told of each
// call. They run for every module of every test file: no spreads, and closures only around entries, transforms and
// imports of ES modules.

import { types } from 'node:util'
import { observer } from './runtime-observer.js'
import { callNoted, type JestMethod, type Members, type Wrapper } from './wrapped-method.js'

interface RequireOptions {
  isInternalModule?: boolean
  supportsStaticESM?: boolean
}

/** Jest itself asks for a module, or one module for another (`to`). */
export const entryMethod = (original: JestMethod, prepare: (runtime: Members) => void) =>
  function (this: Members, from: string, to?: string, options?: RequireOptions, isActual?: boolean) {
    prepare(this)
    const told = observer
    if (told === undefined || to !== undefined || options?.isInternalModule === true)
      return original.call(this, from, to, options, isActual)
    told.entries.entryBegins(from)
    const call = () => original.call(this, from, to, options, isActual)
    // An ES module has run when its promise says so.
    return callNoted(call, () => told.entries.entryEnds(from))
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
    const told = observer
    const isInternal = options?.isInternalModule === true
    if (isInternal) told?.internalLoaded(path)
    if (told === undefined || isInternal)
      return original.call(this, module, from, to, path, options, registry)
    const importer = to ? from : null
    const begun = told.modules.begin(path, importer)
    try {
      return original.call(this, module, from, to, path, options, registry)
    } catch (error) {
      told.loadFails(begun, { path, importer }, error)
      throw error
    } finally {
      told.modules.end(begun)
    }
  }

const resolve: Wrapper = original =>
  function (this: object, from: string, to?: string) {
    const told = observer
    if (told === undefined || !to) return original.call(this, from, to)
    const start = told.now()
    let path: unknown
    try {
      path = original.call(this, from, to)
    } catch (error) {
      told.notResolved({ from, to, start }, error)
      throw error
    }
    if (typeof path === 'string') told.modules.resolved(from, path, start)
    return path
  }

/** A module asks for another one. If that is not found, all that was done to find it is the request's. */
const request: Wrapper = original =>
  function (this: object, from: string, to: string) {
    const told = observer
    if (told === undefined) return original.call(this, from, to)
    const start = told.now()
    told.requests.begins(from)
    try {
      return original.call(this, from, to)
    } catch (error) {
      if (isNotFound(error)) told.requestNotFound({ from, to, start }, error)
      throw error
    } finally {
      told.requests.ends()
    }
  }

const mocked: Wrapper = original =>
  function (this: object, ...args) {
    observer?.requests.mockFound()
    return Reflect.apply(original, this, args)
  }

const automock: Wrapper = original =>
  function (this: object, from: string, to: string) {
    const told = observer
    if (told === undefined) return original.call(this, from, to)
    told.requests.mockingBegins()
    try {
      return original.call(this, from, to)
    } finally {
      told.requests.mockingEnds(from)
    }
  }

function isNotFound(error: unknown): boolean {
  return types.isNativeError(error) && (error as { code?: unknown }).code === 'MODULE_NOT_FOUND'
}

const link: Wrapper = original =>
  function (this: object, from: string, to?: string) {
    const told = observer
    if (told === undefined || !to) return original.call(this, from, to)
    const request = { from, to, start: told.now() }
    const call = () => original.call(this, from, to)
    return callNoted(call, (path, error) => {
      if (error !== undefined) told.notResolved(request, error)
      else if (typeof path === 'string') told.modules.linked(from, path)
    })
  }

/** A transform that fails is told as well, because its time was spent. */
const transform: Wrapper = original =>
  function (this: object, path: string, options?: RequireOptions) {
    const told = observer
    if (told === undefined || options?.isInternalModule === true) return original.call(this, path, options)
    const end = told.transformBegins(path, options?.supportsStaticESM === true ? 'ES module' : 'CommonJS')
    return callNoted(() => original.call(this, path, options), end)
  }

const compile: Wrapper = original =>
  function (this: object, source: string, path: string) {
    const told = observer
    if (told === undefined) return original.call(this, source, path)
    const start = told.now()
    try {
      return original.call(this, source, path)
    } finally {
      told.compiled(path, start)
    }
  }

// From 30.4 on, where a graph of ES modules turns out to await at its top level, Jest starts over in another way.
// https://github.com/jestjs/jest/blob/v30.4.0/packages/jest-runtime/src/internals/EsmLoader.ts
const graph: Wrapper = original =>
  function (this: object, ...args) {
    const told = observer
    if (told === undefined) return Reflect.apply(original, this, args)
    told.modules.graphBegins()
    let givenUp = false
    try {
      const module = Reflect.apply(original, this, args)
      givenUp = typeof module !== 'object'
      return module
    } finally {
      told.modules.graphEnds({ givenUp })
    }
  }

export interface WrappedMethod {
  /** The property of the runtime that has the method; `''`: the runtime itself. */
  readonly part: string
  readonly name: string
  readonly wrapper: Wrapper
}

const method = (part: string, name: string, wrapper: Wrapper): WrappedMethod => ({ part, name, wrapper })

/** 29.7 to 30.3. */
export const CLASSIC: readonly WrappedMethod[] = [
  method('', 'requireModuleOrMock', request),
  method('', 'requireMock', mocked),
  method('', '_generateMock', automock),
  method('', '_loadModule', load),
  method('', '_resolveCjsModule', resolve),
  method('', '_resolveModule', link),
  method('', 'transformFile', transform),
  method('', 'transformFileAsync', transform),
  method('', 'createScriptFromCode', compile),
]

/** From 30.4 on. */
export const SPLIT: readonly WrappedMethod[] = [
  method('', 'requireModuleOrMock', request),
  method('', 'requireMock', mocked),
  method('', '_requireMockWithId', mocked),
  method('', '_generateMock', automock),
  method('cjsLoader', 'loadModule', load),
  method('esmLoader', 'tryLoadGraphSync', graph),
  method('_resolution', 'resolveCjs', resolve),
  method('_resolution', 'resolveEsm', link),
  method('_resolution', 'resolveEsmAsync', link),
  method('transformCache', 'transform', transform),
  method('transformCache', 'transformAsync', transform),
  method('executor', 'compile', compile),
]
