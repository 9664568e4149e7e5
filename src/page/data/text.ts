// Names come from test code: they are shown as one line of text, whatever is in them.

import { pathText } from '../../report/views/path-text.js'

/** Without control characters, line breaks and marks that turn the direction of the text around it. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').toWellFormed()
}

/** A path of the report, of readable length. */
export function pathName(path: string): string {
  return pathText(plain(path))
}

export function testTitle(name: readonly string[]): string {
  return plain(name.join(' › ')) || '(no name)'
}

export function position(file: string, line: number, column = 0): string {
  if (file === '') return ''
  return [pathName(file), ...(line > 0 ? [line, ...(column > 0 ? [column] : [])] : [])].join(':')
}
