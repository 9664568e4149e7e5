// What a test file costs before its first test, against what its tests take.

import { sum } from 'd3-array'
import type { Phase } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { count, duration, grouped, percent } from '../../report/views/figures.js'

/** Paid once for each file, however many tests it has. */
const FIXED: readonly Phase[] = ['environment', 'setupFiles', 'framework', 'setupFilesAfterEnv', 'imports']

export interface FileCost {
  readonly file: FileReport
  readonly fixedMs: number
  /** Tests and hooks. */
  readonly testsMs: number
}

/** Of the files that were recorded. */
export function fileCosts({ files }: Pick<Report, 'files'>): FileCost[] {
  return files.flatMap(file => {
    const { phases } = file
    if (phases === null) return []
    const fixedMs = sum(FIXED, phase => phases[phase].wallMs)
    return [{ file, fixedMs, testsMs: phases.tests.wallMs + phases.hooks.wallMs }]
  })
}

/** `58 of 120 test files take longer to prepare than their tests run: 41.0 s, 62 % of the time of all files, before their first test.` */
export function fixedCostText(costs: readonly FileCost[]): string {
  const above = costs.filter(({ fixedMs, testsMs }) => fixedMs > testsMs)
  const wholeMs = sum(costs, ({ file }) => file.wallMs)
  const fixedMs = sum(above, cost => cost.fixedMs)
  if (above.length === 0) return 'All test files run their tests for longer than they take to prepare.'
  return `${grouped(above.length)} of ${count(costs.length, 'test file')} take longer to prepare than their tests run: ${duration(fixedMs)}, ${percent(fixedMs, wholeMs)} of the time of all files, before their first test.`
}
