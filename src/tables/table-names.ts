// The names of the tables of `show --by`, and the limit that its help states.

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

export type TableName = (typeof TABLE_NAMES)[number]

/** The most lines of a table's text that are not rows. */
export const MOST_OTHER_LINES = 14
