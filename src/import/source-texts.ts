// Texts of source files, as they are when the run ends: a test may have written, loaded and removed one.

import { readFileSync } from 'node:fs'
import { LRUCache } from 'lru-cache'

const MOST = 500

/** Absolute path → text; undefined for what cannot be read. Nothing is read twice while it is among the latest. */
export function sourceTexts(): (file: string) => string | undefined {
  const known = new LRUCache<string, { text: string | undefined }>({ max: MOST })
  return file => {
    const found = known.get(file) ?? { text: read(file) }
    known.set(file, found)
    return found.text
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
