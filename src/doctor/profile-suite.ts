// One profiled run of the suite, from which candidates are chosen.

import { join } from 'node:path'
import { UserError } from '../errors/user-error.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { Report } from '../report/report.js'
import { loadReport } from '../saved-runs/load-run.js'
import { findRunFolder, runsIn } from '../storage/run-folder.js'
import type { MeasuredRun, SuiteRunner } from './runs/suite-runner.js'

export interface ProfiledSuite extends Pick<MeasuredRun, 'results' | 'output'> {
  /** The run folder. */
  readonly directory: string
  readonly report: Report
  readonly record: RunRecord
}

/** Throws a UserError if nothing was recorded. Tests that fail are found in the plain suite. */
export async function profileSuite(runner: SuiteRunner, cwd: string): Promise<ProfiledSuite> {
  const outputDir = join(cwd, '.jest-profiler')
  const before = runsIn(outputDir)
  const { results, output } = await runner.profile(outputDir)
  const id = runsIn(outputDir).findLast(run => !before.includes(run))
  if (id === undefined) {
    const lines = output.trim().split('\n').slice(-15)
    throw new UserError([
      'jest-profiler: doctor: no test was recorded, so there is nothing to try. Jest wrote:',
      ...lines,
    ])
  }
  const directory = findRunFolder(join(outputDir, id))
  const { report, record } = await loadReport(directory)
  return { directory, report, record, results, output }
}
