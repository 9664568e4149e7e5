// Rows of cells as lines of text, without borders.

import CliTable from 'cli-table3'
import cliTruncate from 'cli-truncate'

const NARROWEST = 40

type Alignment = 'left' | 'right'

/** The last column gives way where there is no room. `alignments` of the first columns; by default two hold figures. */
export function textTable(
  rows: readonly (readonly string[])[],
  columns: number,
  alignments: readonly Alignment[] = ['right', 'right'],
): string[] {
  const table = new CliTable({
    chars: Object.fromEntries(BORDERS.map(name => [name, ''])),
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [], compact: true },
    colAligns: [...alignments],
  })
  table.push(...rows.map(row => [...row]))
  return table
    .toString()
    .split('\n')
    .map(line => cliTruncate(`  ${line.trimEnd()}`, Math.max(NARROWEST, columns - 2)))
}

const BORDERS = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
]
