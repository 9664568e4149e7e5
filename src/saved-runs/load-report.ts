// A run folder → its report, with findings.

import { withFindings } from '../findings/find.js'
import { buildReport } from '../report/build-report.js'
import type { Report } from '../report/report.js'
import { type LoadedRun, type LoadOptions, loadRun } from './load-run.js'

export interface ReportedRun extends LoadedRun {
  readonly report: Report
}

/** Throws a UserError for what cannot be read, and for a selection of nothing. */
export function loadReport(directory: string, options: LoadOptions = {}): ReportedRun {
  const loaded = loadRun(directory, options)
  const { profile, record } = loaded
  return { ...loaded, report: withFindings(buildReport(profile, record), profile, record) }
}
