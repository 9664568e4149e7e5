// Files in folders that somebody else may have filled: read only if they are what they look like.

import { lstatSync } from 'node:fs'

/**
 * The path itself. Throws for a link, which may lead anywhere, to what merging would then copy, and for a device or a
 * pipe, which never ends.
 */
export function regularFile(path: string): string {
  if (lstatSync(path).isFile()) return path
  throw new Error('it is a link, or no file at all')
}
