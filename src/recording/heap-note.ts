// What a thread notes of the heap beside a worker's tests when it comes near its limit, after which a process may die without a further
// word. Without a schema, because workers load it. Sizes in bytes.

import type { RunningCall, Whereabouts } from './whereabouts.js'

export const HEAP_EXTENSION = '.heap'

/** A user's function, with what it and what it called of others allocated. The position is where it begins. */
export interface NotedFunction extends RunningCall {
  readonly bytes: number
}

export interface HeapNote {
  /** That of the activity that it is about. */
  readonly sinceMs: number
  readonly usedBytes: number
  readonly limitBytes: number
  readonly whereabouts: Whereabouts
  /** By the test file so far, freed again or not. */
  readonly allocatedBytes: number
  /** Those that allocated most, the most first; empty: unknown. */
  readonly functions: readonly NotedFunction[]
}

/** Undefined for text that was read while it was being written. */
export function parseHeapNote(text: string): HeapNote | undefined {
  try {
    const note = JSON.parse(text)
    const isSound =
      [note.sinceMs, note.usedBytes, note.limitBytes, note.allocatedBytes].every(
        amount => typeof amount === 'number',
      ) &&
      Array.isArray(note.functions) &&
      Array.isArray(note.whereabouts.calls)
    return isSound ? note : undefined
  } catch {
    return undefined
  }
}
