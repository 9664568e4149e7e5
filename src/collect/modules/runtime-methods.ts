// The methods of Jest's runtime that tell what it does with modules, and what is noted around each of them. They run for
// every module of every test file: no closures, no spreads.

import { types } from 'node:util'
import { monotonicMicros } from '../clock.js'
import type { FailedTry } from './failure-log.js'
import { loadingClock } from './loading-clock.js'
import { type Method, type Methods, type Wrapper, whenSettled } from './method-wrapper.js'
import { observer, type RuntimeObserver } from './runtime-observer.js'

interface RequireOptions {
  isInternalModule?: boolean
}

/** Jest itself asks for a module, or one module for another. */
export const entry = (original: Method, prepare: (runtime: Methods) => void) =>
  function (this: Methods, from: string, to?: string, options?: RequireOptions, isActual?: boolean) {
    prepare(this)
    const told = observer
    if (told === undefined || to !== undefined || options?.isInternalModule === true)
      return original.call(this, from, to, options, isActual)
    return callEntry(told, from, () => original.call(this, from, to, options, isActual))
  }

function callEntry(told: RuntimeObserver, path: string, call: () => unknown): unknown {
  told.entryBegins(path)
  const end = () => told.entryEnds(path)
  let result: unknown
  try {
    result = call()
  } catch (error) {
    end()
    throw error
  }
  // An ES module has run when its promise says so.
  if (types.isPromise(result)) return whenSettled(result, end)
  end()
  return result
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
    const isJests = options?.isInternalModule === true
    if (isJests) told?.modules.jestsOwn.add(path)
    if (told === undefined || isJests) return original.call(this, module, from, to, path, options, registry)
    const begun = told.modules.begin(path, to ? from : null)
    try {
      return original.call(this, module, from, to, path, options, registry)
    } catch (error) {
      const start = told.modules.startOf(begun)
      noteFailure(told, error, { module: path, isResolved: true, importer: to ? from : null, start })
      throw error
    } finally {
      told.modules.end(begun)
    }
  }

const resolve: Wrapper = original =>
  function (this: object, from: string, to?: string) {
    const told = observer
    if (told === undefined || !to) return original.call(this, from, to)
    const start = monotonicMicros()
    let path: unknown
    try {
      path = original.call(this, from, to)
    } catch (error) {
      noteUnresolved(told, error, { from, to, start })
      throw error
    }
    if (typeof path === 'string') told.modules.resolved(from, path, start)
    return path
  }

/** A module asks for another one: of what is not found, all that was done to find it. */
const request: Wrapper = original =>
  function (this: object, from: string, to: string) {
    const told = observer
    if (told === undefined) return original.call(this, from, to)
    const start = monotonicMicros()
    told.modules.requests.begins(from)
    try {
      return original.call(this, from, to)
    } catch (error) {
      const asked = { module: to, isResolved: false, importer: from, start, end: monotonicMicros() }
      if (isNotFound(error)) told.failures.asked(error, asked)
      throw error
    } finally {
      told.modules.requests.ends()
    }
  }

/** What is asked for is mocked. */
const mocked: Wrapper = original =>
  function (this: object, ...args) {
    observer?.modules.requests.found()
    return Reflect.apply(original, this, args)
  }

/** Jest makes a mock of a module: loads it, and looks at all that it exports. */
const automock: Wrapper = original =>
  function (this: object, from: string, to: string) {
    const told = observer
    if (told === undefined) return original.call(this, from, to)
    told.modules.requests.mockingBegins()
    try {
      return original.call(this, from, to)
    } finally {
      told.modules.requests.mockingEnds(from)
    }
  }

function isNotFound(error: unknown): boolean {
  return types.isNativeError(error) && (error as { code?: unknown }).code === 'MODULE_NOT_FOUND'
}

interface Request {
  from: string
  to: string
  start: number
}

function noteUnresolved(told: RuntimeObserver, error: unknown, { from, to, start }: Request): void {
  noteFailure(told, error, { module: to, isResolved: false, importer: from, start })
}

function noteFailure({ failures }: RuntimeObserver, error: unknown, failed: Omit<FailedTry, 'end'>): void {
  failures.add(error, { ...failed, end: monotonicMicros() })
}

const link: Wrapper = original =>
  function (this: object, from: string, to?: string) {
    const told = observer
    if (told === undefined || !to) return original.call(this, from, to)
    const request = { from, to, start: monotonicMicros() }
    let result: unknown
    try {
      result = original.call(this, from, to)
    } catch (error) {
      noteUnresolved(told, error, request)
      throw error
    }
    const note = (path: unknown) => {
      if (typeof path === 'string') told.modules.linked(from, path)
    }
    if (types.isPromise(result))
      return whenSettled(result, (path, error) =>
        error === undefined ? note(path) : noteUnresolved(told, error, request),
      )
    note(result)
    return result
  }

const transform: Wrapper = original =>
  function (this: object, path: string, options?: RequireOptions & { supportsStaticESM?: boolean }) {
    const told = observer
    if (told === undefined || options?.isInternalModule === true) return original.call(this, path, options)
    const isModule = options?.supportsStaticESM === true
    const begun = { path, isModule, start: monotonicMicros(), loadedBefore: loadingClock.micros }
    let result: unknown
    try {
      result = original.call(this, path, options)
    } catch (error) {
      noteTransform(told, begun)
      throw error
    }
    if (types.isPromise(result)) return whenSettled(result, () => noteTransform(told, begun))
    noteTransform(told, begun)
    return result
  }

interface BegunTransform {
  path: string
  isModule: boolean
  start: number
  /** Of transformers, in microseconds. */
  loadedBefore: number
}

/** A failed one is noted, too, because its time was spent. What loading the transformer took is not this module's. */
function noteTransform({ modules }: RuntimeObserver, begun: BegunTransform): void {
  const { path, isModule, start, loadedBefore } = begun
  const micros = Math.max(0, monotonicMicros() - start - (loadingClock.micros - loadedBefore))
  if (isModule) modules.transformedModule(path, start, micros)
  else modules.transformed(path, micros)
}

const compile: Wrapper = original =>
  function (this: object, source: string, path: string) {
    const told = observer
    if (told === undefined) return original.call(this, source, path)
    const start = monotonicMicros()
    try {
      return original.call(this, source, path)
    } finally {
      told.modules.compiled(path, monotonicMicros() - start)
    }
  }

// From 30.4 on, and where a graph of ES modules turns out to await at its top level, Jest starts over in another way.
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

/** The part of the runtime that has the method (`''`: itself), in either layout. */
export const METHODS: readonly [part: string, name: string, wrapper: Wrapper][] = [
  ['', 'requireModuleOrMock', request],
  ['', 'requireMock', mocked],
  ['', '_requireMockWithId', mocked],
  ['', '_generateMock', automock],
  ['', '_loadModule', load],
  ['', '_resolveCjsModule', resolve],
  ['', '_resolveModule', link],
  ['', 'transformFile', transform],
  ['', 'transformFileAsync', transform],
  ['', 'createScriptFromCode', compile],
  ['cjsLoader', 'loadModule', load],
  ['esmLoader', 'tryLoadGraphSync', graph],
  ['_resolution', 'resolveCjs', resolve],
  ['_resolution', 'resolveEsm', link],
  ['_resolution', 'resolveEsmAsync', link],
  ['transformCache', 'transform', transform],
  ['transformCache', 'transformAsync', transform],
  ['executor', 'compile', compile],
]
