// Where a test is that has been running for long, as a thread beside it found out. Without a schema, because workers load it.

export const WHEREABOUTS_EXTENSION = '.where'

/** A property of the main thread's global object, which sandboxes do not have: a function from a Question to its answer as JSON. */
export const ANSWER = Symbol.for('jest-profiler.whereabouts')

/**
 * Where it is, as a Whereabouts, with what is recorded so far to be saved or not; or the source maps of calls, as the same calls with
 * these; or to sample allocations from now on, whose answer is null.
 */
export type Question =
  | { readonly saves: boolean }
  | { readonly calls: readonly UnmappedCall[] }
  | { readonly samples: 'allocations' }

export type UnmappedCall = Omit<RunningCall, 'sourceMap'>

/** A call of the user's code, as V8 reports it: 1-based, of the code that ran. */
export interface RunningCall {
  readonly function: string
  /** Absolute path. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** Path of the file's source map; null: it has none, or that is unknown. */
  readonly sourceMap: string | null
}

export interface Whereabouts {
  /** `blocked`: the thread did not answer, because it is in a call of Node's or the system's. */
  readonly state: 'computing' | 'waiting' | 'blocked'
  /** What it waits for, such as `timer`, or if it is blocked the command of a child process; `''`: unknown, or it computes. */
  readonly kind: string
  /** What computes, or made what is awaited, innermost first; empty: unknown. */
  readonly calls: readonly RunningCall[]
}

/** `sinceMs`: that of the activity that it is about. */
export type NotedWhereabouts = Whereabouts & { readonly sinceMs: number }

/** Undefined for text that was read while it was being written. */
export function parseWhereabouts(text: string): NotedWhereabouts | undefined {
  try {
    const noted = JSON.parse(text)
    const isSound =
      typeof noted.state === 'string' && Array.isArray(noted.calls) && typeof noted.sinceMs === 'number'
    return isSound ? noted : undefined
  } catch {
    return undefined
  }
}
