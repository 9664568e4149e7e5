// A run folder → its report, with findings and exceeded budgets.

import { withBudgets } from '../budgets/check-budgets.js'
import { withFindings } from '../findings/find.js'
import { buildReport } from '../report/build/build-report.js'
import type { BudgetRule } from '../report/record/saved-run.js'
import type { Report } from '../report/report.js'
import { type LoadedRun, type LoadOptions, loadRun } from './load-run.js'

export interface ReportedRun extends LoadedRun {
  readonly report: Report
}

/** `budgets`: instead of those that the run was checked against. Throws a UserError for what cannot be read, and for a selection that matches nothing. */
export async function loadReport(
  directory: string,
  { budgets, ...options }: LoadOptions & { readonly budgets?: readonly BudgetRule[] | undefined } = {},
): Promise<ReportedRun> {
  const loaded = await loadRun(directory, options)
  const { profile, record } = loaded
  const found = withFindings(buildReport(profile, record), profile, record)
  return { ...loaded, report: withBudgets(found, record.files, budgets ?? loaded.budgets) }
}
