// How names of the report are made safe for text.

import { stripVTControlCharacters } from 'node:util'
import cliTruncate from 'cli-truncate'
import type { CellStyle } from '../tables/cell-text.js'

/** On one line, without anything that a terminal would obey: names come from test code. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
}

/** Cells as plain text. `longestName`: in columns, because a name may be as long as a paragraph. */
export function textStyle(given: {
  readonly longestName: number
  readonly mostItems: number
  readonly toShown: (path: string) => string
}): CellStyle {
  const { longestName, mostItems, toShown } = given
  return {
    text: plain,
    name: name => cliTruncate(plain(name), longestName),
    place: text => text,
    sentence: plain,
    code: plain,
    link: ({ text }) => text,
    // Names within a path are made safe before it is shortened.
    toShown: path => plain(toShown(path)),
    mostItems,
  }
}
