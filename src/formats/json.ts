// `report.json`: the Report as it is; its schema is published as `jest-profiler/report.schema.json`.

import type { Report } from '../report/report.js'

export function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 1)}\n`
}
