// Rows of cells as aligned lines of text, without borders.

import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'

/** A narrower table could not be read. */
const NARROWEST = 40

type Alignment = 'left' | 'right'

/** Each line is cut to the width of the terminal: the last column gives way. Columns without an alignment are left-aligned. */
export function textTable(
  rows: readonly (readonly string[])[],
  columns: number,
  alignments: readonly Alignment[] = ['right', 'right'],
): string[] {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell))
    })
  const padded = (cell: string, index: number) => {
    const blanks = ' '.repeat((widths[index] ?? 0) - stringWidth(cell))
    return alignments[index] === 'right' ? blanks + cell : cell + blanks
  }
  return rows.map(row =>
    cliTruncate(`  ${row.map(padded).join('  ')}`.trimEnd(), Math.max(NARROWEST, columns - 2)),
  )
}
