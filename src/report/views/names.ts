// Names of tests and hooks, and paths, shortened, in all outputs. Names come from test code: outputs make them safe. Needs no Node.

import type { HookIdentity } from '../file-report.js'

/** The full name of a test or describe block: outermost block first, then the title. */
export function nameText(name: readonly string[]): string {
  return name.join(' › ')
}

export function hookName({ type, describe }: Pick<HookIdentity, 'type' | 'describe'>): string {
  return describe.length === 0 ? type : `${type} of ${nameText(describe)}`
}

const MODULES = 'node_modules/'
/** Characters, without the position that follows the path. */
const LONGEST = 72

/** A path below `node_modules` begins at the package; a long path is cut in the middle, so that package and file name stay. */
export function pathText(path: string): string {
  const modules = path.lastIndexOf(MODULES)
  return shortened(modules < 0 ? path : path.slice(modules + MODULES.length))
}

function shortened(path: string): string {
  if (path.length <= LONGEST) return path
  const parts = path.split('/')
  const lead = path.startsWith('@') ? 2 : 1
  if (parts.length <= lead + 1) return path
  const start = parts.slice(0, lead)
  // Keeps as many of the innermost folders as fit.
  let rest = parts.length - 1
  const length = (from: number) => [...start, '…', ...parts.slice(from)].join('/').length
  while (rest - 1 > lead && length(rest - 1) <= LONGEST) rest--
  return rest <= lead ? path : [...start, '…', ...parts.slice(rest)].join('/')
}
