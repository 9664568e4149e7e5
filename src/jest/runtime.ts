// Jest's module runtime (jest-runtime), which loads, resolves, mocks, transforms and compiles modules for a test file. The methods of its
// classes are wrapped once per process; without an observer they only pass calls on.
//
// Known: until 30.3 one class does all of it, from 30.4 on it delegates to parts.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts
// https://github.com/jestjs/jest/blob/v30.4.0/packages/jest-runtime/src/internals
// With another layout only the entries are wrapped, and the observer gets `unobserved('modules')`.

import { type JestLocation, tryRequireJest } from './packages.js'
import { CLASSIC, entryMethod, SPLIT, type WrappedMethod } from './runtime-methods.js'
import { observer, type RuntimeObserver, setObserver, type UnobservedCalls } from './runtime-observer.js'
import { wrapScriptTransformer } from './script-transformer.js'
import { type Members, type Wrapper, wrapMethod } from './wrapped-method.js'

/** A class of Jest. `isSeen`: whether the parts of an instance were wrapped. */
interface WrappedClass {
  readonly unobserved: UnobservedCalls[]
  isSeen: boolean
}

// Module state: Jest's classes live as long as the process.
const wrapped = new WeakMap<object, WrappedClass>()

/** Reports the calls of that project's runtime to `next` from now on. */
export function observeRuntime(project: JestLocation & { runtime?: string }, next: RuntimeObserver): void {
  const prototype = prototypeOf(project)
  setObserver(next)
  const known = prototype === undefined ? undefined : wrapped.get(prototype)
  for (const calls of (known ?? wrapClass(prototype)).unobserved) next.unobserved(calls)
}

function wrapClass(prototype: Members | undefined): WrappedClass {
  const hasEntries = prototype !== undefined && wrapEntries(prototype)
  const added: WrappedClass = { unobserved: hasEntries ? [] : ['modules', 'transforms'], isSeen: false }
  if (prototype !== undefined) wrapped.set(prototype, added)
  return added
}

/** Ends the reports to `last`, unless another observer has replaced it. */
export function endObservation(last: RuntimeObserver): void {
  if (observer === last) setObserver(undefined)
}

function prototypeOf(project: JestLocation & { runtime?: string }): Members | undefined {
  type Exported = { prototype?: Members; default?: { prototype?: Members } }
  const exported = tryRequireJest<Exported>(project, project.runtime ?? 'jest-runtime')
  return (exported?.default ?? exported)?.prototype
}

/** The first call wraps the methods of a runtime's parts, which exist only in instances. */
function wrapEntries(prototype: Members): boolean {
  const prepare = (runtime: Members) => {
    wrapParts(runtime, prototype)
    const scriptTransformer = scriptTransformerOf(runtime)
    if (scriptTransformer !== undefined) observer?.transformsWith(scriptTransformer)
  }
  wrapMethod(prototype, 'requireInternalModule', original => {
    return function (this: Members, ...args) {
      prepare(this)
      return Reflect.apply(original, this, args)
    }
  })
  const wrapper: Wrapper = original => entryMethod(original, prepare)
  return ['requireModule', 'unstable_importModule'].every(name => wrapMethod(prototype, name, wrapper))
}

/** Wraps the classes of an instance's parts, which all instances share. */
function wrapParts(runtime: Members, prototype: object): void {
  const known = wrapped.get(prototype)
  if (known === undefined || known.isSeen) return
  known.isSeen = true
  const methods = [CLASSIC, SPLIT].find(layout =>
    layout.every(method => ownerOf(runtime, method) !== undefined),
  )
  for (const method of methods ?? []) {
    const owner = ownerOf(runtime, method)
    const [, name, wrapper] = method
    if (owner !== undefined) wrapMethod(Object.getPrototypeOf(owner), name, wrapper)
  }
  const transformer = scriptTransformerOf(runtime)
  if (methods === undefined) known.unobserved.push('modules')
  if (transformer === undefined || !wrapScriptTransformer(Object.getPrototypeOf(transformer)))
    known.unobserved.push('transforms')
  for (const calls of known.unobserved) observer?.unobserved(calls)
}

function ownerOf(runtime: Members, [part, name]: WrappedMethod): Members | undefined {
  const owner = part === '' ? runtime : (runtime[part] as Members | undefined)
  return typeof owner?.[name] === 'function' ? owner : undefined
}

function scriptTransformerOf(runtime: Members): object | undefined {
  const { transformCache } = runtime as { transformCache?: Members }
  const transformer: unknown = runtime._scriptTransformer ?? transformCache?.scriptTransformer
  return typeof transformer === 'object' && transformer !== null ? transformer : undefined
}
