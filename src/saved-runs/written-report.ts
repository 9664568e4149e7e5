// The report that a run wrote: the same as the one that its recordings give, without the time to read them.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Report, SCHEMA_VERSION } from '../report/report.js'
import { openRunFolder } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'

/**
 * Undefined if the run was cut off, has lost recordings, or has no whole `report.json` of its own. `directory`: the run folder.
 * Throws a UserError if the run is damaged.
 */
export function findWrittenReport(directory: string): Report | undefined {
  const store = new RunStore(openRunFolder(directory))
  const { endedAtMs, files, run } = store.readRun()
  const hasAll = files.every(({ recording }) => recording === null || store.has(recording))
  if (endedAtMs === null || !hasAll) return undefined
  const report = parsed(join(directory, 'report.json'))
  return report?.schemaVersion === SCHEMA_VERSION && report.run.id === run.id ? report : undefined
}

function parsed(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // Not written, or not whole: the recordings are read instead.
    return undefined
  }
}
