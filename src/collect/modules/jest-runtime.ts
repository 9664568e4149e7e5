// Observes Jest's module runtime, in its own process: which modules it loads, resolves, transforms and compiles. The
// methods of its classes are wrapped once; without a recording under way they only pass calls on.
//
// Two layouts: until 30.3 one class does all of it, from 30.4 on it hands over to others.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts
// https://github.com/jestjs/jest/blob/v30.4.0/packages/jest-runtime/src/internals

import type { Config } from '@jest/types'
import { requireJest } from '../scripts.js'
import { around, type Methods, type Wrapper } from './method-wrapper.js'
import { entry, METHODS } from './runtime-methods.js'
import { observer, type RuntimeObserver, setObserver } from './runtime-observer.js'
import { wrapTransformer } from './script-transformer.js'

// Module state: Jest's classes live as long as the process. For each whether we know it.
const known = new WeakMap<object, boolean>()

/**
 * From now on `next` is told of what the runtime of that project's Jest does. Returns whether
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
  setObserver(next)
  if (known.has(prototype)) return known.get(prototype) === true
  const isKnown = wrapEntries(prototype)
  known.set(prototype, isKnown)
  return isKnown
}

/** Nobody is told any more, if `last` still is. */
export function endObservation(last: RuntimeObserver): void {
  if (observer === last) setObserver(undefined)
}

// By the first of these calls for a runtime its parts are built.
function wrapEntries(prototype: Methods): boolean {
  const prepare = (runtime: Methods) => {
    wrapParts(runtime, prototype)
    if (observer !== undefined) observer.scriptTransformer ??= scriptTransformerOf(runtime)
  }
  around(prototype, 'requireInternalModule', original => {
    return function (this: Methods, ...args) {
      prepare(this)
      return Reflect.apply(original, this, args)
    }
  })
  const wrapper: Wrapper = original => entry(original, prepare)
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
  const transformer = scriptTransformerOf(runtime)
  if (transformer !== undefined) wrapTransformer(Object.getPrototypeOf(transformer))
}

function scriptTransformerOf(runtime: Methods): object | undefined {
  const { transformCache } = runtime as { transformCache?: Methods }
  const transformer: unknown = runtime._scriptTransformer ?? transformCache?.scriptTransformer
  return typeof transformer === 'object' && transformer !== null ? transformer : undefined
}
