// Replaces a method of a class by one that calls it.

/** `call` is that of our own realm: a test cannot reach it. */
export type Method = (...args: unknown[]) => unknown
export type Methods = Record<string, unknown>
export type Wrapper = (original: Method) => (this: never, ...args: never[]) => unknown

/** Returns whether there is such a method. */
export function around(target: Methods, name: string, wrapper: Wrapper): boolean {
  const original = target[name]
  if (typeof original !== 'function') return false
  const value = wrapper(original as Method)
  Object.defineProperty(value, 'name', { value: name, configurable: true })
  Object.defineProperty(target, name, { value, writable: true, configurable: true })
  return true
}
