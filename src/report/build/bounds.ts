// Keeps a report bounded on huge suites: the costliest rows stay, and what was cut is said.

import type { Report, Truncation } from '../report.js'

/** Most rows of each table; a report with all of them is some 20 MB. */
export const MOST = {
  files: 5000,
  tests: 20_000,
  lines: 1000,
  packages: 500,
  imports: 1000,
  hooks: 1000,
  waits: 1000,
  leaks: 500,
  missing: 1000,
}

/** `totals`: rows that tables had before they came here, where only those that are kept were made. */
export function bounded(report: Report, totals: Record<'hotspots' | 'files' | 'tests', number>): Report {
  const truncated: Truncation[] = []
  const note = (table: string, kept: number, total: number) => {
    if (kept < total) truncated.push({ table, kept, total })
  }
  const cut = <Row>(table: keyof typeof MOST, rows: Row[]): Row[] => {
    note(table, Math.min(rows.length, MOST[table]), rows.length)
    return rows.slice(0, MOST[table])
  }
  note('files', report.files.length, totals.files)
  note(
    'tests',
    report.files.reduce((sum, { tests }) => sum + tests.length, 0),
    totals.tests,
  )
  const tables = {
    lines: cut('lines', report.lines),
    packages: cut('packages', report.packages),
    imports: cut('imports', report.imports),
    hooks: cut('hooks', report.hooks),
    waits: cut('waits', report.waits),
    leaks: cut('leaks', report.leaks),
    missing: cut('missing', report.missing),
  }
  note('hotspots', report.hotspots.length, totals.hotspots)
  return { ...report, ...tables, truncated }
}
