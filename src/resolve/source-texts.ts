// Texts of source files, as they are when the run ends: a test may have written, loaded and removed one.

import { readFileSync, statSync } from 'node:fs'
import { BoundedMap } from './bounded-map.js'

const MOST = 500

/** Absolute path → text; undefined for what cannot be read. Nothing is read twice while it is among the latest. */
export function sourceTexts(): (file: string) => string | undefined {
  const known = new BoundedMap<string, { text: string | undefined }>(MOST)
  return file => {
    const found = known.get(file) ?? { text: read(file) }
    known.set(file, found)
    return found.text
  }
}

/** Bytes: what is larger was made by a tool. */
const LARGEST = 16 * 1024 * 1024

// The recording of another machine may name anything: a device, or a pipe, never ends.
function read(file: string): string | undefined {
  try {
    const status = statSync(file)
    return status.isFile() && status.size <= LARGEST ? readFileSync(file, 'utf8') : undefined
  } catch {
    return undefined
  }
}
