// The tables of the terminal in their order, and the number of lines that each gets.

import { ALLOCATING_TESTS } from '../../tables/allocation-tables.js'
import { CALLED_CODE, HOT_CODE } from '../../tables/code-tables.js'
import { KEPT_ALIVE_BY } from '../../tables/handle-tables.js'
import { BUDGETS, FINDINGS, LEVERS, MISSING, UNCHECKED_BUDGETS } from '../../tables/judgement-tables.js'
import { KEPT_SANDBOXES } from '../../tables/memory-tables.js'
import type { TableDefinition } from '../../tables/table.js'
import { SLOWEST_TESTS } from '../../tables/test-tables.js'
import { EXPENSIVE_IMPORTS, LEAKS, LONG_HOOKS, LONG_WAITS } from '../../tables/time-tables.js'

export interface TerminalSection {
  readonly table: TableDefinition
  /** Rows that it gets before any section gets more. */
  readonly least: number
  /** Rows that it gets in each round after that. */
  readonly weight: number
  readonly isWarning?: true
  /** Rows that it gets before other sections get any. */
  readonly first?: number
  /** Gets its first row before others, wherever it is shown. */
  readonly isEarly?: true
  /** Shows every row without taking lines from other sections, because its rows fail the run; not for coding agents. */
  readonly isWhole?: boolean
}

export const SECTIONS: readonly TerminalSection[] = [
  { table: BUDGETS, least: 3, weight: 1, isWarning: true, isWhole: true },
  { table: UNCHECKED_BUDGETS, least: 3, weight: 1, isWarning: true, isWhole: true },
  { table: FINDINGS, least: 3, weight: 1, first: 2 },
  { table: LEVERS, least: 3, weight: 1 },
  { table: CALLED_CODE, least: 3, weight: 2 },
  { table: HOT_CODE, least: 2, weight: 1 },
  { table: SLOWEST_TESTS, least: 3, weight: 2 },
  { table: EXPENSIVE_IMPORTS, least: 2, weight: 1 },
  { table: LONG_HOOKS, least: 1, weight: 1 },
  { table: LONG_WAITS, least: 3, weight: 1, isEarly: true },
  { table: KEPT_SANDBOXES, least: 2, weight: 1, isWarning: true },
  { table: KEPT_ALIVE_BY, least: 2, weight: 1, isWarning: true },
  { table: ALLOCATING_TESTS, least: 2, weight: 1 },
  { table: LEAKS, least: 1, weight: 1, isWarning: true },
  { table: MISSING, least: 2, weight: 1, isWarning: true },
]

/** A blank line and a heading. */
const LINES_OF_A_SECTION = 2

interface SharedSection extends TerminalSection {
  /** Lines of each row. */
  readonly heights: readonly number[]
}

/** The number of rows of each section: the least of each, and then more in rounds by weight while lines are left. */
export function shareLines(
  sections: readonly SharedSection[],
  { free, topN }: { readonly free: number; readonly topN: number },
): number[] {
  const counts = sections.map(({ heights, isWhole }) => (isWhole === true ? heights.length : 0))
  let left = free
  const take = ({ isWhole, heights }: SharedSection, index: number, wanted: number) => {
    if (isWhole === true) return
    const before = counts[index] ?? 0
    for (let row = before; row < Math.min(before + wanted, heights.length, topN); row++) {
      const lines = (heights[row] ?? 1) + (row === 0 ? LINES_OF_A_SECTION : 0)
      if (lines > left) return
      counts[index] = row + 1
      left -= lines
    }
  }
  const upTo = (rowsOf: (section: SharedSection) => number) =>
    sections.forEach((section, index) => {
      take(section, index, rowsOf(section) - (counts[index] ?? 0))
    })
  // Warnings first, then what to change and waits, then one row of each section.
  upTo(({ isWarning }) => (isWarning === true ? 1 : 0))
  upTo(({ first = 0 }) => first)
  upTo(({ isEarly }) => (isEarly === true ? 1 : 0))
  upTo(() => 1)
  upTo(({ least }) => least)
  for (let before = -1; before !== left && left > 0; ) {
    before = left
    sections.forEach((section, index) => {
      take(section, index, section.weight)
    })
  }
  return counts
}
