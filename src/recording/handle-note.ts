// What became of what test files left open, as their process notes it while it lives. Without a schema, because workers load it.

export const HANDLES_EXTENSION = '.handles'

/** After its file, in milliseconds: what is closed by then was being closed. Jest ends a worker by force after 500. */
export const SHORTEST_HELD_MS = 100

export interface HandleNote {
  readonly processId: number
  readonly threadId: number
  /** When the process ended by itself, in milliseconds since the epoch; null: it has not, or was ended by force. */
  readonly exitedMs: number | null
  /** Test files that left something open. */
  readonly files: readonly {
    readonly projectId: string
    /** Absolute. */
    readonly testPath: string
    /** When the file had ended, in milliseconds since the epoch. */
    readonly endedMs: number
    /** By row of the recording's `openHandles`: the milliseconds after that at which it was last seen open, and whether it still is. */
    readonly heldMs: readonly number[]
    readonly isOpen: readonly boolean[]
  }[]
}

/** Undefined for text that is of another release or was cut off. */
export function parseHandleNote(text: string): HandleNote | undefined {
  try {
    const note = JSON.parse(text)
    const isSound =
      typeof note.processId === 'number' &&
      typeof note.threadId === 'number' &&
      (note.exitedMs === null || typeof note.exitedMs === 'number') &&
      Array.isArray(note.files) &&
      note.files.every(isFile)
    return isSound ? note : undefined
  } catch {
    return undefined
  }
}

function isFile(file: Partial<HandleNote['files'][number]> | null): boolean {
  return (
    typeof file?.projectId === 'string' &&
    typeof file.testPath === 'string' &&
    typeof file.endedMs === 'number' &&
    Array.isArray(file.heldMs) &&
    file.heldMs.every(held => typeof held === 'number') &&
    Array.isArray(file.isOpen) &&
    file.isOpen.every(isOpen => typeof isOpen === 'boolean')
  )
}
