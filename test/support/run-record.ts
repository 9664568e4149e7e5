// A RunRecord with recordings, and default values for what a test does not set.

import type { TestSpan } from '../../src/recording/recording.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { buildReport } from '../../src/report/build/build-report.js'
import { summarizeRecording } from '../../src/report/record/recording-summary.js'
import { RunBuilder } from '../../src/report/record/run-builder.js'
import type { FileRecord, RunRecord } from '../../src/report/record/run-record.js'
import type { MergedRun, Report } from '../../src/report/report.js'

/** The timestamp at which drawn runs start. */
export const RUN_START = 1_700_000_000_000

export function runRecord(given: Partial<RunRecord> = {}): RunRecord {
  return {
    run: {
      id: '2026-01-31T09-30-00-000Z-1a2b',
      suite: 'project',
      rootDir: '/project',
      displayRoot: '/project',
      jestVersion: '30.5.2',
      nodeVersion: 'v22.0.0',
      platform: 'linux',
      arch: 'x64',
      cpuModel: 'Processor',
      cpuCount: 2,
      workers: 1,
      engine: 'inspector',
      samplingIntervalMicros: 1000,
      command: 'jest',
    },
    startedAtMs: RUN_START,
    endedAtMs: RUN_START + 1000,
    files: [],
    missing: [],
    modules: [],
    transforms: [],
    failedModules: [],
    cacheKeys: [],
    injectedGlobals: [],
    notes: [],
    mergeMicros: 0,
    ...given,
  }
}

/** A shard with two workers on two cores that ran for 10 s. */
export function mergedRun(shard: string): MergedRun {
  return {
    id: `run-of-${shard}`,
    startedAt: '2026-01-31T09:30:00.000Z',
    shard,
    wallMs: 10_000,
    cpuModel: 'Processor',
    cpuCount: 2,
    workers: 2,
  }
}

export function fileRecord(given: Partial<FileRecord> = {}): FileRecord {
  return {
    projectId: 'project-id',
    path: '/project/a.test.js',
    project: '',
    status: 'passed',
    recording: undefined,
    results: [],
    startedAtMs: RUN_START,
    wallMs: 0,
    ...given,
  }
}

/** Results as Jest reports them: one for each test, regardless of its attempts. */
function resultsOf(tests: readonly TestSpan[]): FileRecord['results'] {
  const latest = new Map(tests.map(({ index, name, status }) => [index, { name, status, wallMs: 0 }]))
  return [...latest].toSorted(([a], [b]) => a - b).map(([, result]) => result)
}

/** The record of a recording, whose tests must be numbered from 0 without gaps unless `results` are given. */
export function recordedFile(recording: ResolvedRecording, given: Partial<FileRecord> = {}): FileRecord {
  const { header, tests } = recording
  return fileRecord({
    projectId: header.projectId,
    path: header.testPath,
    project: header.project,
    recording: summarizeRecording(recording, 'a.recording.gz'),
    results: resultsOf(tests),
    ...given,
  })
}

/** The report of a run with these recordings. */
export function reportOf(recordings: readonly ResolvedRecording[], given: Partial<RunRecord> = {}): Report {
  const builder = new RunBuilder()
  for (const recording of recordings) builder.add(recording, 'a.recording.gz')
  const { profile, ...totals } = builder.build()
  const files = recordings.map(recording => recordedFile(recording))
  return buildReport(profile, runRecord({ files, ...totals, ...given }))
}
