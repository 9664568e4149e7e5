// A budget: limits for the times of tests and test files. Milliseconds.

import type { BudgetLimit } from '../report/budget-report.js'

/** As users write it: at least one limit. A figure above a limit by more than its uncertainty fails the run. */
export interface Budget {
  /** Globs of the test files that it is for, relative to the display root, as in `include`. Default: all. */
  files?: string | string[]
  /**
   * The tests that it is for: a regular expression over the full name, upper and lower case alike, as Jest's `-t`.
   * Only beside `testWallMs` and `testCpuMs`, for files and modules have no test's name. Default: all.
   */
  tests?: string
  /** Wall time of each test, hooks included. */
  testWallMs?: number
  /** CPU time of each test, hooks included: all of its time in which there was something to run. */
  testCpuMs?: number
  /** Wall time of each test file, environment and teardown included. */
  fileWallMs?: number
  /** Wall time that each test file takes to import itself and all that it imports. */
  importMs?: number
  /** Wall time of all hooks of each test file together. */
  hookMs?: number
  /** What importing one module takes in one test file, with all that it loads in turn. */
  moduleImportMs?: number
}

/** Limits for single tests: those that `tests` may stand beside. */
export const TEST_LIMITS = ['testWallMs', 'testCpuMs'] as const satisfies readonly BudgetLimit[]

export const BUDGET_LIMITS = [
  ...TEST_LIMITS,
  'fileWallMs',
  'importMs',
  'hookMs',
  'moduleImportMs',
] as const satisfies readonly BudgetLimit[]
