// What limits are compared with: the test files that a budget applies to, and their figures.

import type { BudgetCause } from '../report/budget-report.js'
import type { FileReport, TestReport } from '../report/file-report.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import type { ToRelative } from '../report/relative-path.js'
import type { Report } from '../report/report.js'

/** A test file that a budget applies to. */
export interface BudgetedFile {
  readonly file: FileReport
  readonly recording: RecordingSummary | undefined
  /** The last attempt at each test that the budget applies to. */
  readonly tests: readonly TestReport[]
}

export interface BudgetFigure {
  readonly file: FileReport
  readonly test: TestReport | null
  /** Relative to `displayRoot`. */
  readonly module: string | null
  /** In the unit of its limit: milliseconds, bytes or a number of things. Null: unknown. */
  readonly amount: number | null
  /** In the same unit. Null: unknown. */
  readonly uncertainty: number | null
  /** Called only if the figure is over its limit. */
  readonly cause: () => BudgetCause | null
}

export interface BudgetSources {
  readonly report: Pick<Report, 'waits' | 'truncated' | 'memory'>
  readonly toRelative: ToRelative
}
