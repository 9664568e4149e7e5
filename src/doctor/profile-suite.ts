// One profiled run of the suite, from which candidates are chosen.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { ownFile } from '../own-files.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { Report } from '../report/report.js'
import { loadReport } from '../saved-runs/load-run.js'
import { findRunFolder, runsIn } from '../storage/run-folder.js'
import type { SuiteRunner } from './suite-runner.js'

export interface ProfiledSuite {
  /** The run folder. */
  readonly directory: string
  readonly report: Report
  readonly record: RunRecord
}

const HOUR = 3_600_000

/** Throws a UserError if nothing was recorded. Tests that fail are found in the plain suite. */
export async function profileSuite(
  runner: SuiteRunner,
  {
    cwd,
    jestArguments,
    outputDir = join(cwd, '.jest-profiler'),
  }: { cwd: string; jestArguments: readonly string[]; outputDir?: string },
): Promise<ProfiledSuite> {
  const before = existsSync(outputDir) ? runsIn(outputDir) : []
  const { output } = await runner.script(
    [ownFile('cli.js'), '--output-dir', outputDir, '--waits', '--', ...jestArguments],
    HOUR,
  )
  const id = (existsSync(outputDir) ? runsIn(outputDir) : []).findLast(run => !before.includes(run))
  if (id === undefined) {
    const lines = output.trim().split('\n').slice(-15).join('\n')
    throw new UserError(
      `jest-profiler: doctor: no test was recorded, so there is nothing to try. Jest wrote:\n${lines}`,
    )
  }
  const directory = findRunFolder(join(outputDir, id))
  const { report, record } = await loadReport(directory)
  return { directory, report, record }
}
