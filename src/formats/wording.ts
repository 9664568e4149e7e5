// Names of the report in plain text.

import { sanitize } from '../errors/user-error.js'
import type { CellStyle } from '../tables/cell-text.js'
import { truncate } from './truncate.js'

export { sanitize }

/** Cells as plain text. `longestName`: in columns. */
export function textStyle(given: {
  readonly longestName: number
  readonly mostItems: number
  readonly toShown: (path: string) => string
}): CellStyle {
  const { longestName, mostItems, toShown } = given
  return {
    text: sanitize,
    name: name => truncate(sanitize(name), longestName),
    place: text => text,
    sentence: sanitize,
    code: sanitize,
    link: ({ text }) => text,
    toShown: path => sanitize(toShown(path)),
    mostItems,
  }
}
