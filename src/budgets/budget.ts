// A budget: limits for the times of tests and test files, in milliseconds.

import type { BudgetLimit } from '../report/budget-report.js'

/** A budget in the options: at least one limit. A figure above a limit by more than its uncertainty fails the run. */
export interface Budget {
  /** Globs of the test files that the budget applies to, relative to the display root, as in `include`. Default: all. */
  files?: string | string[]
  /**
   * The tests that the budget applies to: a case-insensitive regular expression for the full name, as with Jest's `-t`.
   * Only together with `testWallMs` and `testCpuMs`, because files and modules have no test name. Default: all.
   */
  tests?: string
  /** Wall time of each test, hooks included. */
  testWallMs?: number
  /** CPU time of each test, hooks included: all of its time in which there was something to run. */
  testCpuMs?: number
  /** Wall time of each test file, environment and teardown included. */
  fileWallMs?: number
  /** Wall time of importing each test file and all that it imports. */
  importMs?: number
  /** Wall time of all hooks of each test file together. */
  hookMs?: number
  /** Time of importing one module in one test file, including all that it loads. */
  moduleImportMs?: number
}

/** Limits for single tests: only these may be combined with `tests`. */
export const TEST_LIMITS = ['testWallMs', 'testCpuMs'] as const satisfies readonly BudgetLimit[]

export const BUDGET_LIMITS = [
  ...TEST_LIMITS,
  'fileWallMs',
  'importMs',
  'hookMs',
  'moduleImportMs',
] as const satisfies readonly BudgetLimit[]
