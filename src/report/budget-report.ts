// The report's budgets: what was compared with limits, and what is over them. Units and bases as in report.ts.

import type { Position } from './code-reports.js'

/** What a limit is for; in milliseconds. */
export type BudgetLimit = 'testWallMs' | 'testCpuMs' | 'fileWallMs' | 'importMs' | 'hookMs' | 'moduleImportMs'

export interface BudgetReport {
  /** Globs of the test files that it is for; null: all. */
  files: string[] | null
  /** Regular expression for the full names of the tests that it is for; null: all. */
  tests: string | null
  limits: Partial<Record<BudgetLimit, number>>
  /** Figures that were compared with a limit. */
  checked: number
  /** Figures that are over their limit by more than their uncertainty: they fail the run. */
  exceeded: number
  /** Figures that are over their limit, but may in truth not be. */
  withinUncertainty: number
  /** Exceeded ones first, the farthest over their limit first. */
  excesses: BudgetExcess[]
  /** What could not be compared, and why. One sentence each. */
  notes: string[]
}

/** Its position is the test file's, with the line of the test in it; 0: unknown, in another file, or not a test. */
export interface BudgetExcess extends Position {
  limit: BudgetLimit
  limitMs: number
  figureMs: number
  /** The figure may in truth be lower by so much; null: unknown on this version of Node. */
  uncertaintyMs: number | null
  verdict: 'exceeded' | 'within uncertainty'
  project: string
  projectId: string
  /** The test, for limits of tests, with its last attempt; null for others. */
  test: { index: number; attempt: number; name: string[]; fullName: string } | null
  /** The imported module, for `moduleImportMs`; null for others. */
  module: string | null
  /** As in `TestReport`. */
  definedIn?: Position
  /** What took most of it, as far as that is known. */
  cause: BudgetCause | null
}

/** Its position is `''` and 0 where it is not a place in the code. */
export interface BudgetCause extends Position {
  text: string
  ms: number
}
