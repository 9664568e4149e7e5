// How the summary is to be printed.

export interface TerminalOptions {
  /** Rows of each table, at the most. */
  readonly topN: number
  /** Width in columns. */
  readonly columns: number
  readonly colors: boolean
  /** Path of what a person should open, or undefined when nothing was written. */
  readonly reportPath: string | undefined
  /** Turns the report's paths into those that a person at that terminal can open. */
  readonly toShown: (path: string) => string
}

/** Columns; paths, which are links, are never cut for the sake of a name. */
export const LONGEST_NAME = 60
