// Observes Jest's module runtime, in its own process: which modules it loads, resolves, transforms and compiles. The
// methods of its classes are wrapped once; without a recording under way they only pass calls on.
//
// Two layouts: until 30.3 one class does all of it, from 30.4 on it hands over to others.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts
// https://github.com/jestjs/jest/blob/v30.4.0/packages/jest-runtime/src/internals

import { types } from 'node:util'
import type { Config } from '@jest/types'
import { monotonicMicros } from '../clock.js'
import { requireJest } from '../scripts.js'
import type { ModuleLog } from './module-log.js'
import type { TransformLog } from './transform-log.js'

export interface RuntimeObserver {
  readonly modules: ModuleLog
  readonly transforms: TransformLog
  /** Jest itself asks for a module: a set-up file or the test file. */
  entryBegins(path: string): void
  entryEnds(path: string): void
}

type Method = (...args: never[]) => unknown
type Methods = Record<string, unknown>
interface RequireOptions {
  isInternalModule?: boolean
}

// Module state: Jest's classes live as long as the process, a recording as long as a test file.
let observer: RuntimeObserver | undefined
const known = new WeakMap<object, boolean>()

/**
 * From now on `next` is told of what the runtime of that project's Jest does; undefined: nobody is. Returns whether
 * that runtime is one that we know how to observe.
 */
export function observeRuntime(
  projectConfig: Pick<Config.ProjectConfig, 'runner' | 'rootDir'> & { runtime?: string },
  next: RuntimeObserver,
): boolean {
  const module = requireJest<{ default?: { prototype: Methods } }>(
    projectConfig,
    projectConfig.runtime ?? 'jest-runtime',
  )
  const prototype = (module.default ?? (module as unknown as { prototype: Methods })).prototype
  observer = next
  if (known.has(prototype)) return known.get(prototype) === true
  const isKnown = wrapEntries(prototype)
  known.set(prototype, isKnown)
  return isKnown
}

/** Nobody is told any more, if `last` still is. */
export function endObservation(last: RuntimeObserver): void {
  if (observer === last) observer = undefined
}

type Wrapper = (original: Method) => (this: never, ...args: never[]) => unknown

/** Replaces a method by one that calls it; returns whether there is such a method. */
function around(target: Methods, name: string, wrapper: Wrapper): boolean {
  const original = target[name]
  if (typeof original !== 'function') return false
  const value = wrapper(original as Method)
  Object.defineProperty(value, 'name', { value: name, configurable: true })
  Object.defineProperty(target, name, { value, writable: true, configurable: true })
  return true
}

// By the first of these calls for a runtime its parts are built.
function wrapEntries(prototype: Methods): boolean {
  around(prototype, 'requireInternalModule', original => {
    return function (this: Methods, ...args) {
      wrapParts(this, prototype)
      return Reflect.apply(original, this, args)
    }
  })
  const wrapper: Wrapper = original => entry(original, runtime => wrapParts(runtime, prototype))
  return ['requireModule', 'unstable_importModule'].every(name => around(prototype, name, wrapper))
}

const wrappedParts = new WeakSet<object>()

/** Every runtime has instances of its own of the same classes; those of the first one lead to all. */
function wrapParts(runtime: Methods, prototype: object): void {
  if (wrappedParts.has(prototype)) return
  wrappedParts.add(prototype)
  for (const [part, name, wrapper] of METHODS) {
    const owner = part === '' ? runtime : (runtime[part] as Methods | undefined)
    if (owner !== undefined && typeof owner[name] === 'function')
      around(Object.getPrototypeOf(owner), name, wrapper)
  }
  const { transformCache } = runtime as { transformCache?: Methods }
  const transformer = runtime._scriptTransformer ?? transformCache?.scriptTransformer
  if (typeof transformer === 'object' && transformer !== null)
    wrapTransformer(Object.getPrototypeOf(transformer))
}

const entry = (original: Method, prepare: (runtime: Methods) => void) =>
  function (this: Methods, from: string, to?: string, options?: RequireOptions, ...rest: never[]) {
    prepare(this)
    const call = () => Reflect.apply(original, this, [from, to, options, ...rest])
    const told = observer
    if (told === undefined || to !== undefined || options?.isInternalModule === true) return call()
    told.entryBegins(from)
    const end = () => told.entryEnds(from)
    let result: unknown
    try {
      result = call()
    } catch (error) {
      end()
      throw error
    }
    // An ES module has run when its promise says so.
    if (types.isPromise(result)) result.then(end, end)
    else end()
    return result
  }

const load: Wrapper = original =>
  function (this: object, module: object, from: string, to: string, path: string, ...rest: never[]) {
    const call = () => Reflect.apply(original, this, [module, from, to, path, ...rest])
    const [options] = rest as unknown as [RequireOptions?]
    const told = observer
    if (told === undefined || options?.isInternalModule === true) return call()
    const begun = told.modules.begin(path, to ? from : null)
    try {
      return call()
    } finally {
      told.modules.end(begun)
    }
  }

const resolve: Wrapper = original =>
  function (this: object, from: string, to?: string) {
    const told = observer
    if (told === undefined || !to) return Reflect.apply(original, this, [from, to])
    const start = monotonicMicros()
    const path: unknown = Reflect.apply(original, this, [from, to])
    if (typeof path === 'string') told.modules.resolved(from, path, start)
    return path
  }

const link: Wrapper = original =>
  function (this: object, from: string, to?: string) {
    const told = observer
    const result: unknown = Reflect.apply(original, this, [from, to])
    if (told === undefined || !to) return result
    const note = (path: unknown) => {
      if (typeof path === 'string') told.modules.linked(from, path)
    }
    if (types.isPromise(result)) result.then(note, () => undefined)
    else note(result)
    return result
  }

const transform: Wrapper = original =>
  function (this: object, path: string, options?: RequireOptions & { supportsStaticESM?: boolean }) {
    const told = observer
    const start = monotonicMicros()
    const result: unknown = Reflect.apply(original, this, [path, options])
    if (told === undefined || options?.isInternalModule === true) return result
    const end = () => {
      const micros = monotonicMicros() - start
      if (options?.supportsStaticESM === true) told.modules.transformedModule(path, start, micros)
      else told.modules.transformed(path, micros)
    }
    if (types.isPromise(result)) result.then(end, () => undefined)
    else end()
    return result
  }

const compile: Wrapper = original =>
  function (this: object, source: string, path: string) {
    const start = monotonicMicros()
    const result: unknown = Reflect.apply(original, this, [source, path])
    observer?.modules.compiled(path, monotonicMicros() - start)
    return result
  }

/** The part of the runtime that has the method (`''`: itself), in either layout. */
const METHODS: readonly [part: string, name: string, wrapper: Wrapper][] = [
  ['', '_loadModule', load],
  ['', '_resolveCjsModule', resolve],
  ['', '_resolveModule', link],
  ['', 'transformFile', transform],
  ['', 'transformFileAsync', transform],
  ['', 'createScriptFromCode', compile],
  ['cjsLoader', 'loadModule', load],
  ['_resolution', 'resolveCjs', resolve],
  ['_resolution', 'resolveEsm', link],
  ['_resolution', 'resolveEsmAsync', link],
  ['transformCache', 'transform', transform],
  ['transformCache', 'transformAsync', transform],
  ['executor', 'compile', compile],
]

interface ScriptTransformer {
  _getTransformPath(path: string): string | null | undefined
  shouldTransform(path: string): boolean
}

// Asked only for what a worker has not in memory; it builds a result only when the cache on disk has none.
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-transform/src/ScriptTransformer.ts
function wrapTransformer(prototype: Methods): void {
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
