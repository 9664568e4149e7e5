// The report's budgets: limits and excesses. Units and bases as in report.ts; sizes in bytes.

import type { Position } from './code-reports.js'

/** What each limit is for, and the unit of what it limits in the report. */
const LIMITS = {
  /** Wall time of each test, hooks included. */
  testWallMs: { scope: 'tests', unit: 'ms' },
  /** CPU time of each test, hooks included: all of its time in which there was something to run. */
  testCpuMs: { scope: 'tests', unit: 'ms' },
  /** Wall time of each test file, environment and teardown included. */
  fileWallMs: { scope: 'files', unit: 'ms' },
  /** Wall time of importing each test file and all that it imports. */
  importMs: { scope: 'files', unit: 'ms' },
  /** Wall time of all hooks of each test file together. */
  hookMs: { scope: 'files', unit: 'ms' },
  /** Time of importing one module in one test file, including all that it loads. */
  moduleImportMs: { scope: 'files', unit: 'ms' },
  /** Megabytes that each test allocates on V8's heap, hooks included, freed again or not. Needs the option `memory`. */
  testAllocatedMb: { scope: 'tests', unit: 'bytes' },
  /**
   * Megabytes by which each test file after the first one of its worker makes the heap grow that is left after a collection. Needs the
   * option `memory`.
   */
  heapGrowthMb: { scope: 'files', unit: 'bytes' },
  /** Test files that are never freed, of all together; 0 is allowed. Needs the option `memory`. */
  keptSandboxes: { scope: 'files', unit: 'count' },
} as const satisfies Record<string, { scope: 'tests' | 'files'; unit: BudgetUnit }>

export type BudgetUnit = BudgetAmounts['unit']
export type BudgetLimit = keyof typeof LIMITS
/** In the unit that the name ends with. */
export type BudgetLimits = { [Limit in keyof typeof LIMITS]?: number }

export const BUDGET_LIMITS = Object.keys(LIMITS) as BudgetLimit[]
/** Limits for single tests: only these may be combined with a pattern of test names. */
export const TEST_LIMITS = BUDGET_LIMITS.filter(limit => LIMITS[limit].scope === 'tests')

export function unitOf(limit: BudgetLimit): BudgetUnit {
  return LIMITS[limit].unit
}

const BYTES_PER_MEGABYTE = 1e6

/** A limit as it is given → in its unit: megabytes become bytes. */
export function limitAmount(limit: BudgetLimit, given: number): number {
  return unitOf(limit) === 'bytes' ? given * BYTES_PER_MEGABYTE : given
}

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

export type BudgetExcess = ExcessSubject & BudgetAmounts

/** The figure and its limit, with the unit in their names. */
export type BudgetAmounts =
  /** `uncertaintyMs`: the true value may be lower by this; null if unknown on this version of Node. */
  | { unit: 'ms'; limitMs: number; figureMs: number; uncertaintyMs: number | null }
  | { unit: 'bytes'; limitBytes: number; figureBytes: number }
  | { unit: 'count'; limitCount: number; figureCount: number }

/** The position is that of the test file, with the test's line; 0: unknown, in another file, or not a test. */
export interface ExcessSubject extends Position {
  limit: BudgetLimit
  verdict: 'exceeded' | 'within uncertainty'
  project: string
  projectId: string
  /** The test with its last attempt, for limits of tests; null for others. */
  test: { index: number; attempt: number; name: string[]; fullName: string } | null
  /** The imported module, for `moduleImportMs`; null for others. */
  module: string | null
  /** As in `TestReport`. */
  definedIn?: Position
  /** What took, allocated or holds most; null if unknown. */
  cause: BudgetCause | null
}

/** The position is `''` and 0 if it is not a place in the code. */
export type BudgetCause = Position & { text: string } & ({ ms: number } | { bytes: number })
