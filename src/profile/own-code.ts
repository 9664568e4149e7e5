// Which code is the project's own, which its authors can change: by category, or by path where only that is known.

import type { Category } from './profile.js'

/** Whether code is in a test file or in another file of the project. */
export function isOwnCode({ category }: { readonly category: Category | null }): boolean {
  return category === 'source' || category === 'test'
}

/** Whether code is the project's own or a dependency's, and not that of Jest, a transformer, Node or V8. */
export function isUserCode({ category }: { readonly category: Category | null }): boolean {
  return category === 'dependency' || isOwnCode({ category })
}

/** Whether a path, absolute or of the report, is a file of the project: not of a package, and not a URL such as `node:fs`. */
export function isOwnFile(path: string): boolean {
  return path !== '' && !/^[a-z][\w+.-]+:/i.test(path) && !/(?:^|\/)node_modules\//.test(path)
}

/** The calls of a stack in files of the project, or all calls if there are none. */
export function ownOrAllCalls<Call extends { readonly file: string }>(
  stack: readonly Call[],
): readonly Call[] {
  const own = stack.filter(({ file }) => isOwnFile(file))
  return own.length > 0 ? own : stack
}
