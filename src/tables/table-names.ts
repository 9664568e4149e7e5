// Names of the tables of `show --by`, and what its help promises.

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

/** Most lines of a table's text that are not rows. */
export const MOST_OTHER_LINES = 14
