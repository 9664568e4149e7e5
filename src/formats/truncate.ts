// Text of at most some columns of a terminal.

import cliTruncate, { type Options } from 'cli-truncate'
import stringWidth from 'fast-string-width'

/** Most texts fit, and finding that out takes far less time than truncating them. */
export function truncate(text: string, columns: number, options?: Options): string {
  return columns >= 1 && stringWidth(text) <= columns ? text : cliTruncate(text, columns, options)
}
