// The text of a source file that a page is to show.

import { readFileSync } from 'node:fs'

/** Undefined for a file that is gone or cannot be read: it is shown without its text. */
export function readSource(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
