// What a run knows of its memory, with the option `memory`. Sizes in bytes.

export interface MemoryRecord {
  readonly processes: readonly ProcessMemory[]
  /** The most that Jest's own process had in memory, the report not yet made; left out where it ran the tests itself, and in runs of earlier versions. */
  readonly ownPeakBytes?: number | undefined
  readonly files: readonly FileMemory[]
  readonly kept: readonly KeptRecord[]
  /** What could not be read, one sentence each. */
  readonly problems: readonly string[]
}

/** A worker, or Jest's own process where it runs the tests. */
export interface ProcessMemory {
  readonly worker: number
  readonly peakBytes: number
  /** V8's limit for the heap; left out in runs of earlier versions. */
  readonly heapLimitBytes?: number
  /** Forced collections, and the time they took. */
  readonly collections: number
  readonly collectionMicros: number
  readonly snapshotMicros: number
}

export interface FileMemory {
  readonly projectId: string
  /** Absolute, with `/`. */
  readonly path: string
  readonly worker: number
  /** Of the heap after a collection; null: none was made at that time. */
  readonly heapBeforeBytes: number | null
  readonly heapAfterBytes: number | null
  /** Whether its sandbox was in memory when the process had done all its files; null: unknown. */
  readonly isKept: boolean | null
}

export interface KeptRecord {
  readonly projectId: string
  readonly path: string
  readonly retainedBytes: number
  /** From what holds it to the function that is held; empty: unknown. */
  readonly holder: readonly HolderRecord[]
}

export interface HolderRecord {
  readonly name: string
  /** Absolute, with `/`; null: it is no function, and the place is 0. */
  readonly file: string | null
  readonly line: number
  readonly column: number
  /** Whether it is a function of a sandbox that is held. */
  readonly isHeld: boolean
}
