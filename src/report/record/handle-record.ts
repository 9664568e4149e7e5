// What became of what test files left open.

/** `closed`: while its process went on. `open`: it still was when this was known. `exit`: the process lived until it was closed. `force`: Jest ended the worker. */
export const HANDLE_ENDS = ['closed', 'open', 'exit', 'force'] as const
export type HandleEnd = (typeof HANDLE_ENDS)[number]

export interface HandleRecord {
  readonly projectId: string
  /** Absolute, with `/`. */
  readonly path: string
  /** By row of the recording's `openHandles`. */
  readonly rows: readonly {
    /** How long it was open after its test file, in milliseconds. */
    readonly heldMs: number
    readonly end: HandleEnd
  }[]
}
