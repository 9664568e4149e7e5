// Texts within the width of the terminal: columns that are made narrower, and lines that wrap.

import { sum } from 'd3-array'
import stringWidth from 'fast-string-width'
import { wrapAnsi } from 'fast-wrap-ansi'

/** Columns of names and paths are not made narrower, and text that wraps has so much room. */
export const NARROWEST_CELL = 24

/** The widest column is made narrower, until the rows fit or none can be. */
export function fittingWidths(widest: readonly number[], room: number): number[] {
  const widths = [...widest]
  const excess = () => sum(widths) - room
  for (let left = excess(); left > 0; left = excess()) {
    const inOrder = widths.toSorted((a, b) => b - a)
    const [first = 0, second = 0] = inOrder
    const narrower = Math.max(NARROWEST_CELL, Math.min(second, first - 1), first - left)
    if (narrower >= first) break
    widths[widths.indexOf(first)] = narrower
  }
  return widths
}

/** Lines of at most `columns`, each with its lead. */
export function wrapped(
  text: string,
  columns: number,
  { first, others }: { readonly first: string; readonly others: string },
): string[] {
  const width = Math.max(NARROWEST_CELL, columns - stringWidth(others))
  return wrapAnsi(text, width, { hard: true })
    .split('\n')
    .map((line, index) => `${index === 0 ? first : others}${line}`.trimEnd())
}
