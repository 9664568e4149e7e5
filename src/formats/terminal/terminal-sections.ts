// The tables of the terminal, in their order, and how many of its rows of each a person must see.

import { HOT_CODE } from '../../tables/code-tables.js'
import { BUDGETS, FINDINGS, MISSING, UNCHECKED_BUDGETS } from '../../tables/judgement-tables.js'
import type { TableDefinition } from '../../tables/table.js'
import { SLOWEST_TESTS } from '../../tables/test-tables.js'
import { EXPENSIVE_IMPORTS, LEAKS, LONG_HOOKS, LONG_WAITS } from '../../tables/time-tables.js'

export interface TerminalSection {
  readonly table: TableDefinition
  /** Rows that it has before any section gets more. */
  readonly least: number
  /** Rows that it gets in each turn after that. */
  readonly weight: number
  readonly isWarning?: true
  /** It shows every row, and takes no line from the others: what fails a run is not cut. */
  readonly isWhole?: true
  /** Lines of a row. */
  readonly height?: number
}

export const SECTIONS: readonly TerminalSection[] = [
  { table: BUDGETS, least: 0, weight: 0, isWarning: true, isWhole: true, height: 2 },
  { table: UNCHECKED_BUDGETS, least: 0, weight: 0, isWarning: true, isWhole: true },
  { table: FINDINGS, least: 2, weight: 1, height: 2 },
  { table: HOT_CODE, least: 3, weight: 2 },
  { table: SLOWEST_TESTS, least: 3, weight: 2 },
  { table: EXPENSIVE_IMPORTS, least: 2, weight: 1 },
  { table: LONG_HOOKS, least: 1, weight: 1 },
  { table: LONG_WAITS, least: 3, weight: 1 },
  { table: LEAKS, least: 1, weight: 1, isWarning: true },
  { table: MISSING, least: 2, weight: 1, isWarning: true },
]
