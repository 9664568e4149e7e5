// Which frames are one function: what transformers call is theirs, so that a function that others call too has several
// frames, one per category.

import type { Frame } from './profile.js'

type Placed = Pick<Frame, 'name' | 'file' | 'line' | 'column'>

/** For each frame the first one of the same function: what the function is known by. */
export function functionsOf(frames: readonly Placed[]): Int32Array {
  const byFile = new Map<string, Map<string, number>>()
  return Int32Array.from(frames, ({ name, file, line, column }, frame) => {
    const known = byFile.get(file) ?? new Map<string, number>()
    byFile.set(file, known)
    const key = `${line}:${column}:${name}`
    const first = known.get(key) ?? frame
    known.set(key, first)
    return first
  })
}
