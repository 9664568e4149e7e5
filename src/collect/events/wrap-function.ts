// A test's or hook's function within a call of ours. To Jest it looks as before: it asks for a function's `length`, to
// know whether a callback is expected.

import { types } from 'node:util'

/** `fn` as it came where it must stay: circus runs a generator step by step, so that calling it is no run. */
export function wrapFunction<T>(fn: T, around: (call: () => unknown) => unknown): T {
  if (typeof fn !== 'function' || types.isGeneratorFunction(fn)) return fn
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    return around(() => Reflect.apply(fn, this, args))
  }
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(fn))
  return wrapped as T
}
