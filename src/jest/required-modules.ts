// Replaces exports that some of Jest's modules get from `require`. (`module.registerHooks` could do it, but Node 20 has none.)
//
// Known: all of 29.7 to 30.5 is CommonJS. What another Jest does not require is not replaced; the code of each replacement says what
// happens then.

import Module from 'node:module'

export interface Replacement {
  /** The required module, without `node:`. */
  readonly request: string
  /** Matches the path of the requiring module. */
  readonly askedBy: RegExp
  /** Returns what the requiring module gets in place of the exports. */
  replace(exports: never, asker: string): unknown
}

type RequireModule = (
  request: string,
  parent: { filename?: string | null } | null | undefined,
  ...rest: unknown[]
) => unknown

// https://github.com/nodejs/node/blob/v20.19.0/lib/internal/modules/cjs/loader.js (Module.prototype.require)
const loader = Module as unknown as { _load: RequireModule }

/** Runs the script at that path as if Node had been started with it. */
export function runAsMain(path: string): void {
  loader._load(path, null, true)
}

/** Returns a function that ends the replacement. */
export function replaceRequired(replacements: readonly Replacement[]): () => void {
  const { _load: original } = loader
  let ended = false
  const replacing: RequireModule = function (this: unknown, request, parent, ...rest) {
    const exports = Reflect.apply(original, this, [request, parent, ...rest])
    const asker = parent?.filename ?? ''
    const name = ended ? undefined : request.replace(/^node:/, '')
    const found = replacements.find(entry => entry.request === name && entry.askedBy.test(asker))
    return found === undefined ? exports : found.replace(exports as never, asker)
  }
  loader._load = replacing
  return () => {
    ended = true
    // Other code may have replaced it in the meantime, and call ours.
    if (loader._load === replacing) loader._load = original
  }
}

/** Returns the exports, including getters, with one of them replaced. */
export function withExport<Exports extends object, Name extends keyof Exports>(
  exports: Exports,
  name: Name,
  value: Exports[Name],
): Exports {
  const descriptors = Object.getOwnPropertyDescriptors(exports)
  const replaced = { value, enumerable: true, writable: true, configurable: true }
  return Object.create(Object.getPrototypeOf(exports), { ...descriptors, [name]: replaced })
}
