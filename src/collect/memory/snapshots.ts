// What taking snapshots of this process needs.

import { freemem } from 'node:os'
import { getHeapStatistics } from 'node:v8'

/** What V8 needs for a snapshot, by the size of the heap: 1.4 GB for one of 190 MB that has 3.8 million objects. */
const SNAPSHOT_FACTOR = 8

/** Why there is not enough memory for a snapshot; null: there is. */
export function lackOfMemory(): string | null {
  const neededBytes = SNAPSHOT_FACTOR * getHeapStatistics().used_heap_size
  const freeBytes = availableMemory()
  if (neededBytes <= freeBytes) return null
  return `a snapshot of the heap needs ${megabytes(neededBytes)}, and ${megabytes(freeBytes)} are free. Run with fewer workers, or on a part of the test files.`
}

/** Bytes; a container's limit counts. */
function availableMemory(): number {
  // From Node 20.13 and 22 on: https://nodejs.org/api/process.html#processavailablememory
  const { availableMemory: available } = process as unknown as { availableMemory?: () => number }
  return available === undefined ? freemem() : available()
}

function megabytes(amount: number): string {
  return `${Math.round(amount / 1e6)} MB`
}

/** The same text, in one piece, as V8 keeps the names of properties: a snapshot does not tell the text of joined strings. */
export function flat(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text
}
