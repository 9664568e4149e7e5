// Paths that are the same for two checkouts of one project: relative to the display root, above it too.

import { posix } from 'node:path'

/**
 * A path outside of `displayRoot` counts as the project's when both lie in the same two outermost folders, as in a monorepo
 * (`/home/me/…`); a system's own (`/usr/lib/…`) stays absolute. What is relative already is left as it is.
 */
export function comparablePath(displayRoot: string): (path: string) => string {
  const shared = outermost(displayRoot)
  return path => {
    const isAbsolute = path.startsWith('/') || /^[A-Za-z]:\//.test(path)
    const isProjects = path.startsWith(`${displayRoot}/`) || outermost(path) === shared
    return isAbsolute && isProjects ? posix.relative(displayRoot, path) : path
  }
}

function outermost(path: string): string {
  return path
    .split('/')
    .filter(part => part !== '')
    .slice(0, 2)
    .join('/')
}
