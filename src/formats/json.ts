// `report.json`: the Report as it is; its schema is published as `jest-profiler/report.schema.json`.

import type { Report } from '../report/report.js'
import { jsonParts } from './json-parts.js'

export function toJson(report: Report): string {
  return [...jsonOf(report)].join('')
}

/** The same, piece by piece: that of a hundred thousand tests has 60 MB. */
export function* jsonOf(report: Report): Generator<string> {
  yield* jsonParts(report, { indent: ' ' })
  yield '\n'
}
