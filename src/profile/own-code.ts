// Which code is the project's own, which its authors can change: by category, or by path where only that is known.

import { ANONYMOUS } from './frame.js'
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

interface NamedCall {
  readonly function: string
  readonly file: string
  readonly line: number
}

/**
 * The calls that started a wait, innermost first: those of the project's own code, or all calls if there are none. The executor of
 * `new Promise(resolve => setTimeout(resolve, 50))` is merged with the helper around it on the same line.
 */
export function startingCalls<Call extends NamedCall>({
  stack,
}: {
  readonly stack: readonly Call[]
}): Call[] {
  const calls: Call[] = []
  for (const call of ownOrAllCalls(stack)) {
    const inner = calls.at(-1)
    const isSameLine = inner?.file === call.file && inner.line === call.line
    if (inner === undefined || !isSameLine || inner.function !== ANONYMOUS) calls.push(call)
    else calls[calls.length - 1] = { ...inner, function: call.function }
  }
  return calls
}
