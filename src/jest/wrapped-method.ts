// Wraps methods of Jest's classes.

import { types } from 'node:util'

/** Its `call` is that of our realm, which tests cannot change. */
export type JestMethod = (...args: unknown[]) => unknown
/** An instance or prototype with a few known members. */
export type Members = Record<string, unknown>
export type Wrapper = (original: JestMethod) => (this: never, ...args: never[]) => unknown

/** Returns whether the method exists. */
export function wrapMethod(target: Members, name: string, wrapper: Wrapper): boolean {
  const original = target[name]
  if (typeof original !== 'function') return false
  const value = wrapper(original as JestMethod)
  Object.defineProperty(value, 'name', { value: name, configurable: true })
  Object.defineProperty(target, name, { value, writable: true, configurable: true })
  return true
}

/** Calls `call`, and `note` with its result or error, or with those of its promise once it is settled. */
export function callNoted(call: () => unknown, note: (value: unknown, error: unknown) => void): unknown {
  let result: unknown
  try {
    result = call()
  } catch (error) {
    note(undefined, error)
    throw error
  }
  if (types.isPromise(result)) return whenSettled(result, note)
  note(result, undefined)
  return result
}

/** Returns a promise that settles one step later, for the caller to await: V8's async stacks end at a promise that two wait for. */
function whenSettled(
  result: Promise<unknown>,
  note: (value: unknown, error: unknown) => void,
): Promise<unknown> {
  return result.then(
    value => {
      note(value, undefined)
      return value
    },
    error => {
      note(undefined, error)
      throw error
    },
  )
}
