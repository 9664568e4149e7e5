// One saved run → RunFigures: the data of a comparison, small enough to keep dozens. Times in milliseconds.

import { fileKey } from '../profile/paths.js'
import type { Profile } from '../profile/profile.js'
import type { RunRecord } from '../report/record/run-record.js'
import { comparablePath } from '../report/relative-path.js'
import type { Report } from '../report/report.js'
import type { Table } from './comparison.js'
import { type RunContext, runContext } from './context.js'
import {
  type Figure,
  fileFigures,
  functionFigures,
  hookFigures,
  moduleFigures,
  packageFigures,
  phaseFigures,
  testFigures,
  wholeFigures,
} from './figures.js'

export interface RunFigures {
  readonly id: string
  readonly startedAtMs: number
  readonly context: RunContext
  readonly samplingIntervalMs: number
  /** The sum over all test files. */
  readonly fileWallMs: number
  /** Tests and hooks are in the order of definition. */
  readonly tables: Readonly<Record<Table, readonly Figure[]>>
  /** Jest's framework phase by test file: the same work in every run with one version of Jest. */
  readonly framework: readonly { readonly file: string; readonly cpuMs: number }[]
}

export interface AnalyzedRun {
  readonly report: Report
  readonly profile: Profile
  readonly record: RunRecord
}

export function runFigures({ report, profile, record }: AnalyzedRun): RunFigures {
  const toPath = comparablePath(record.run.displayRoot)
  const samplingIntervalMs = record.run.samplingIntervalMicros / 1000
  return {
    id: record.run.id,
    startedAtMs: record.startedAtMs,
    context: runContext(report, record),
    samplingIntervalMs,
    fileWallMs: report.totals.fileWallMs,
    tables: {
      run: wholeFigures(report),
      phases: phaseFigures(report),
      functions: functionFigures(profile, { toPath, intervalMs: samplingIntervalMs }),
      tests: testFigures(report, record, toPath),
      files: fileFigures(report, toPath),
      modules: moduleFigures(record, toPath),
      packages: packageFigures(report),
      hooks: hookFigures(report, toPath),
    },
    framework: report.files.flatMap(({ path, project, phases }) =>
      phases === null
        ? []
        : [{ file: fileKey({ project, file: toPath(path) }), cpuMs: phases.framework.cpuMs }],
    ),
  }
}
