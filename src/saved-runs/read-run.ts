// The typed report of a saved run.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { type Report, SCHEMA_VERSION } from '../report/report.js'
import { findRunFolder } from '../storage/run-folder.js'

/**
 * Reads `report.json` of a run. `directory`: a run folder, a folder of runs (its latest is read), or a `latest`.
 * Throws a UserError, one line, when there is no such run, its report was not written, or another version wrote it.
 */
export function readRun(directory: string): Report {
  const folder = findRunFolder(directory)
  const path = join(folder, 'report.json')
  let report: Report
  try {
    report = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UserError(
      `jest-profiler: ${path} cannot be read: ${(error as Error).message}. Add 'json' to the option "artifacts" and record the run again.`,
      { cause: error },
    )
  }
  if (report.schemaVersion === SCHEMA_VERSION) return report
  throw new UserError(
    `jest-profiler: ${path} has schemaVersion ${report.schemaVersion}, this release reads ${SCHEMA_VERSION}. ` +
      'Read it with the release that wrote it.',
  )
}
