// A budget as it is checked, and kept with a run. Milliseconds.

import type { BudgetLimit } from '../budget-report.js'

/** A budget, parsed. */
export interface BudgetRule {
  /** As they were written; null: every file. */
  readonly files: readonly string[] | null
  /** Sources of regular expressions for the same, over paths relative to the display root, with `/`; null: every file. */
  readonly filePatterns: readonly string[] | null
  /** Source of a regular expression over full names; null: every test. */
  readonly tests: string | null
  readonly limits: Readonly<Partial<Record<BudgetLimit, number>>>
}
