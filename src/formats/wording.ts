// Names of the report in plain text.

import { stripVTControlCharacters } from 'node:util'
import type { CellStyle } from '../tables/cell-text.js'
import { truncate } from './truncate.js'

/** The text on one line and without control sequences, because names come from test code. */
export function sanitize(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
}

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
