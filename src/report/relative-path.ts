// Absolute paths → the paths that outputs show.

import { posix } from 'node:path'
import { isAbsolutePath } from '../profile/paths.js'

/** Turns absolute paths into those of the report. */
export type ToRelative = (file: string) => string

/**
 * Makes paths relative to the display root, also those above it that have their outermost folder in common with it (two of
 * them for `sharedFolders: 2`). A system's own, as in `/usr/lib`, and what is no absolute path stays as it is.
 */
export function relativeTo(displayRoot: string, { sharedFolders = 1 } = {}): ToRelative {
  const prefix = displayRoot.endsWith('/') ? displayRoot : `${displayRoot}/`
  const shared = outermost(displayRoot, sharedFolders)
  return file => {
    if (file.startsWith(prefix)) return file.slice(prefix.length)
    const isNear = shared !== undefined && outermost(file, sharedFolders) === shared
    return isNear ? posix.relative(displayRoot, file) : file
  }
}

/** Paths that are the same in two checkouts of one project, which lie in one home or work folder. */
export function comparablePath(displayRoot: string): ToRelative {
  return relativeTo(displayRoot, { sharedFolders: 2 })
}

/** The drive and that many folders; undefined: it is no absolute path, or has fewer. */
function outermost(path: string, folders: number): string | undefined {
  if (!isAbsolutePath(path)) return undefined
  const parts = path.split('/').slice(0, folders + 1)
  return parts.length > folders && parts.at(-1) !== '' ? parts.join('/') : undefined
}
