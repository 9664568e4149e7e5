// What a process notes of its memory with the option `memory`: the heap around its test files, which of their sandboxes it never freed,
// and a snapshot that tells what holds them. Sizes in bytes.

import { arrayOf, object } from '../schema/objects.js'
import type { Infer } from '../schema/schema.js'
import { boolean, nullable, string, stringThat, whole } from '../schema/values.js'

const bytes = whole({ from: 0, to: 2 ** 50 })

export type MemoryNote = Infer<typeof MEMORY_NOTE>

export const MEMORY_NOTE = object({
  version: whole({ from: 0, to: 1_000_000 }),
  worker: whole({ from: 0, to: 1_000_000 }),
  processId: whole({ from: 0, to: 2 ** 40 }),
  threadId: whole({ from: 0, to: 2 ** 40 }),
  /** Whether the process has done with its test files so far, and will write no more of them. */
  isComplete: boolean,
  /** The most that the process had in memory so far. */
  peakBytes: bytes,
  /** V8's limit for the heap. */
  heapLimitBytes: bytes,
  /** In the order in which they ran. */
  files: arrayOf(
    object({
      projectId: string,
      testPath: string,
      /** Of the heap after a collection; null: none was made at that time. */
      heapBeforeBytes: nullable(bytes),
      heapAfterBytes: nullable(bytes),
      /** Whether its sandbox was in memory after the last collection; null: there was none since the file ended. */
      isKept: nullable(boolean),
    }),
  ),
  /** Forced collections: their number and what they took, in microseconds. */
  collections: whole({ from: 0, to: 2 ** 40 }),
  collectionMicros: whole({ from: 0, to: 2 ** 50 }),
  /** Name of a file beside the note. */
  snapshot: nullable(stringThat('the name of a snapshot', name => /^[\w.-]+\.heapsnapshot$/.test(name))),
  /** Why there is no snapshot though a sandbox is kept; null: there is one, or none is kept. */
  withoutSnapshot: nullable(string),
  snapshotMicros: whole({ from: 0, to: 2 ** 50 }),
})
