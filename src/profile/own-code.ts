// Which code is the project's own, so that its authors can change it: by its category, or by its path where no more is known.

import type { Category } from './profile.js'

/** Whether code is in a test file or in another file of the project. */
export function isOwnCode({ category }: { readonly category: Category | null }): boolean {
  return category === 'source' || category === 'test'
}

/** Whether code is the project's own or a package's that it calls, and not that of Jest, a transformer, Node or V8. */
export function isUserCode({ category }: { readonly category: Category | null }): boolean {
  return category === 'dependency' || isOwnCode({ category })
}

/** Whether a path, absolute or as the report has it, is the project's own file: no package's, and none of Node's modules or other URLs. */
export function isOwnFile(path: string): boolean {
  return path !== '' && !/^[a-z][\w+.-]+:/i.test(path) && !/(?:^|\/)node_modules\//.test(path)
}
