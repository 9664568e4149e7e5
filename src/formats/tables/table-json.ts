// A table as JSON: the rows that were asked for, whole, and how many there are.

import type { Report } from '../../report/report.js'
import type { Table } from '../../tables/table.js'

/** Of this form of JSON; a new release adds properties, and changes none without a new number. */
const SCHEMA_VERSION = 1

export function toTableJson({ by, rows, leftOut }: Table, { run }: Pick<Report, 'run'>, top: number): string {
  const shown = rows.slice(0, top)
  const content = {
    schemaVersion: SCHEMA_VERSION,
    run: run.id,
    ...(run.selection === undefined ? {} : { selection: run.selection }),
    by,
    total: rows.length + leftOut,
    rows: shown,
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
