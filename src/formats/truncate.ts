// Text of at most some columns of a terminal.

import truncatedWidth from 'fast-string-truncated-width'

const ELLIPSIS = '…'

/** `''` if there is no room at all. Terminal sequences must not be cut: texts are styled afterwards. */
export function truncate(
  text: string,
  columns: number,
  { position = 'end' }: { readonly position?: 'middle' | 'end' } = {},
): string {
  if (columns < 1) return ''
  const limit = position === 'end' ? columns : Math.ceil((columns + 1) / 2)
  const isWhole = !truncatedWidth(text, { limit: columns }).truncated
  if (isWhole) return text
  const { index } = truncatedWidth(text, { limit, ellipsis: ELLIPSIS })
  // Half of a pair of code units is no character.
  const start = text.slice(0, index).replace(/[\uD800-\uDBFF]$/, '')
  return start + ELLIPSIS + (position === 'end' ? '' : endOf(text, columns - limit))
}

/** The longest end of a text that fits. */
function endOf(text: string, columns: number): string {
  const segments = Array.from(text)
  let end = ''
  for (let segment = segments.pop(); segment !== undefined; segment = segments.pop()) {
    if (truncatedWidth(segment + end).width > columns) break
    end = segment + end
  }
  return end
}
