// The report's budgets: limits and excesses. Units and bases as in report.ts.

import type { Position } from './code-reports.js'

/** What each limit is for. */
const LIMIT_SCOPES = {
  /** Wall time of each test, hooks included. */
  testWallMs: 'tests',
  /** CPU time of each test, hooks included: all of its time in which there was something to run. */
  testCpuMs: 'tests',
  /** Wall time of each test file, environment and teardown included. */
  fileWallMs: 'files',
  /** Wall time of importing each test file and all that it imports. */
  importMs: 'files',
  /** Wall time of all hooks of each test file together. */
  hookMs: 'files',
  /** Time of importing one module in one test file, including all that it loads. */
  moduleImportMs: 'files',
} as const

/** All limits are in milliseconds. */
export type BudgetLimit = keyof typeof LIMIT_SCOPES
export type BudgetLimits = { [Limit in keyof typeof LIMIT_SCOPES]?: number }

export const BUDGET_LIMITS = Object.keys(LIMIT_SCOPES) as BudgetLimit[]
/** Limits for single tests: only these may be combined with a pattern of test names. */
export const TEST_LIMITS = BUDGET_LIMITS.filter(limit => LIMIT_SCOPES[limit] === 'tests')

export interface BudgetReport {
  /** Globs of the test files that the budget applies to; null: all. */
  files: string[] | null
  /** Regular expression for the full names of the tests that the budget applies to; null: all. */
  tests: string | null
  limits: BudgetLimits
  /** Number of figures compared with a limit. */
  checked: number
  /** Number of figures that exceed their limit by more than their uncertainty, and so fail the run. */
  exceeded: number
  /** Number of figures that exceed their limit by less than their uncertainty. */
  withinUncertainty: number
  /** Excesses that fail the run come first, then by how far they exceed their limit. */
  excesses: BudgetExcess[]
  /** What could not be compared, and why: one sentence each. */
  notes: string[]
}

/** The position is that of the test file, with the test's line; 0: unknown, in another file, or not a test. */
export interface BudgetExcess extends Position {
  limit: BudgetLimit
  limitMs: number
  figureMs: number
  /** The true value may be lower by this; null if unknown on this version of Node. */
  uncertaintyMs: number | null
  verdict: 'exceeded' | 'within uncertainty'
  project: string
  projectId: string
  /** The test with its last attempt, for limits of tests; null for others. */
  test: { index: number; attempt: number; name: string[]; fullName: string } | null
  /** The imported module, for `moduleImportMs`; null for others. */
  module: string | null
  /** As in `TestReport`. */
  definedIn?: Position
  /** What took most of the time; null if unknown. */
  cause: BudgetCause | null
}

/** The position is `''` and 0 if it is not a place in the code. */
export interface BudgetCause extends Position {
  text: string
  ms: number
}
