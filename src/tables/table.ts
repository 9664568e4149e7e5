// What `show --by` prints: one kind of thing that took time, ranked. Rows are as JSON has them: times in milliseconds,
// paths relative to the display root.

export const TABLE_NAMES = [
  'function',
  'line',
  'file',
  'package',
  'category',
  'import',
  'hook',
  'wait',
  'test',
  'test-file',
  'phase',
] as const

/** Lines of a table's text that are not rows, at the most: what the help promises. */
export const MOST_OTHER_LINES = 14

export type TableName = (typeof TABLE_NAMES)[number]

export type Cell = string | number | null | readonly string[]

/** `id` stays the same from run to run, as long as the name and the place of what it stands for do. */
export type Row = { readonly id: string } & Readonly<Record<string, Cell>>

export interface Column {
  /** Of the row's value. */
  readonly key: string
  readonly title: string
  /** How a person reads it; `position`: with the row's `line` and `column`. */
  readonly unit: 'ms' | 'count' | 'text' | 'position'
}

export interface Table {
  readonly by: TableName
  /** What it ranks and what its times are. */
  readonly title: string
  /** As a person sees it; JSON has all of a row. */
  readonly columns: readonly Column[]
  /** Ranked, all of them. */
  readonly rows: readonly Row[]
  /** Rows that the report had no room for. */
  readonly leftOut: number
}
