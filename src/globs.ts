// Globs, as Jest understands them. The packages are loaded on demand, because most commands have no glob.

import { createRequire } from 'node:module'
import type { GlobOptions } from 'tinyglobby'

const load = createRequire(import.meta.url)

/** What a path must match as a whole. */
export function globPattern(glob: string): RegExp {
  const picomatch = load('picomatch') as typeof import('picomatch')
  return picomatch.makeRe(glob, { dot: true })
}

/** Folders do not stand for the files in them. */
export function findByGlob(
  glob: string | readonly string[],
  options: Omit<GlobOptions, 'expandDirectories'>,
): string[] {
  const { globSync } = load('tinyglobby') as typeof import('tinyglobby')
  return globSync(glob, { ...options, expandDirectories: false })
}
