// The strings of a heap snapshot, decoded when they are asked for.

import { bisectLeft } from 'd3-array'
import { at } from '../profile/columns.js'
import { CLOSING, type SnapshotFile } from './snapshot-file.js'

export interface HeapStrings {
  readonly count: number
  /** Throws an Error for a string that is not in the file. */
  at(position: number): string
  /** The position of an ASCII text; undefined if there is no such string. */
  find(text: string): number | undefined
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c]

// Strings come last. V8 cuts each at 1024 characters.
export function readStrings(pieces: SnapshotFile): HeapStrings {
  const bytes = pieces.remainder()
  const bounds: number[] = []
  let isOpen = false
  for (let position = 0; position < bytes.length; position++) {
    const byte = bytes[position]
    if (isOpen && byte === BACKSLASH) position++
    else if (byte === QUOTE) {
      bounds.push(isOpen ? position : position + 1)
      isOpen = !isOpen
    } else if (!isOpen && byte === CLOSING) break
  }
  const rawAt = (index: number) => bytes.toString('utf8', at(bounds, 2 * index), at(bounds, 2 * index + 1))
  const count = bounds.length / 2
  return {
    count,
    at: index => JSON.parse(`"${rawAt(index)}"`),
    find(text) {
      const wanted = Buffer.from(JSON.stringify(text))
      const found = bytes.indexOf(wanted)
      for (let start = found; start !== -1; start = bytes.indexOf(wanted, start + 1)) {
        const index = bisectLeft(bounds, start + 1)
        if (index % 2 === 0 && bounds[index] === start + 1) return index / 2
      }
      return undefined
    },
  }
}
