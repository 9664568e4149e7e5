// A table as JSON: the rows that were asked for, whole, and how many there are.

import type { Report } from '../../report/report.js'
import type { ShownTable } from '../../tables/shown-table.js'

/** The version of this form of JSON; a new release adds properties, and changes none without a new number. */
const SCHEMA_VERSION = 1

export function toTableJson(
  { by, rows, leftOut }: ShownTable,
  { run }: Pick<Report, 'run'>,
  top: number,
): string {
  const content = {
    schemaVersion: SCHEMA_VERSION,
    run: run.id,
    ...(run.selection === undefined ? {} : { selection: run.selection }),
    by,
    total: rows.length + leftOut,
    rows: rows.slice(0, top),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
