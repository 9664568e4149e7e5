// A run folder → record, profile and report, computed from its recordings: of the whole run, or of a selection of files and tests.

import { max } from 'd3-array'
import { withBudgets } from '../budgets/check-budgets.js'
import { withFindings } from '../findings/find.js'
import { toSlashes } from '../profile/paths.js'
import type { Profile } from '../profile/profile.js'
import { takesSamples } from '../recording/enums.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { buildReport } from '../report/build/build-report.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import type { FileRecord, RunRecord } from '../report/record/run-record.js'
import type { BudgetRule, SavedFileRecord, SavedRun } from '../report/record/saved-run.js'
import { relativeTo } from '../report/relative-path.js'
import type { Report } from '../report/report.js'
import { openRunFolder } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'
import type { RecordingToFold } from './fold-files.js'
import { foldRun, type Progress } from './fold-run.js'
import { saveInterrupted } from './interrupted-recordings.js'
import { missingOf } from './missing-files.js'
import { type SelectedFiles, type SelectionQuery, selectFiles } from './selection.js'

export interface LoadedRun {
  readonly directory: string
  readonly profile: Profile
  readonly record: RunRecord
  readonly budgets: readonly BudgetRule[]
}

export interface LoadOptions {
  readonly selection?: SelectionQuery
  readonly progress?: Progress
}

/** `directory`: the run folder. Throws a UserError if a file cannot be read, or the selection matches nothing. */
export async function loadRun(
  directory: string,
  { selection = {}, progress }: LoadOptions = {},
): Promise<LoadedRun> {
  const folder = openRunFolder(directory)
  const store = new RunStore(folder)
  const saved = store.readRun()
  const unsaved = saved.endedAtMs === null ? saveInterrupted(folder) : []
  const files = [...saved.files, ...findUnlisted(saved, store)]
  const toRelative = relativeTo(saved.run.displayRoot)
  const selected = selectFiles(
    files.map(file => ({ file, path: toRelative(file.path), names: namesOf(file, store) })),
    selection,
  )
  const withRecording = [...selected.keys()].filter(
    ({ recording }) => recording !== null && store.has(recording),
  )
  const toFold = withRecording.map(file => recordingToFold(file, selected))
  const { recordings } = folder
  const { profile, recorded, ...totals } = await foldRun(toFold, { recordings, progress })
  const recordedOf = new Map(withRecording.map((file, index) => [file, recorded[index]]))
  const records = [...selected].map(([file, onlyTests]): FileRecord => {
    const { recording: _name, moved: _moved, ...rest } = file
    return { ...rest, recording: recordedOf.get(file), onlyTests }
  })
  const isPart = selection.file !== undefined || selection.test !== undefined
  const { version: _version, budgets, ...kept } = saved
  const record: RunRecord = {
    ...kept,
    ...totals,
    run: {
      ...saved.run,
      ...engineOf(saved.run, recorded),
      ...(isPart ? { selection: givenParts(selection) } : {}),
    },
    endedAtMs: saved.endedAtMs ?? lastEnd(records, saved.startedAtMs),
    files: records,
    missing: missingOf(saved, { unsaved, selected, isPart, folder }),
    // All recordings were merged together, so a part has no such time.
    mergeMicros: isPart ? 0 : saved.mergeMicros,
  }
  return { directory, profile, record, budgets }
}

/** Shards may have been recorded by different engines: with a profile in any file, there are functions to show. */
function engineOf(
  run: Pick<RunRecord['run'], 'engine'>,
  recorded: readonly RecordingSummary[],
): Partial<Pick<RunRecord['run'], 'engine' | 'samplingIntervalMicros'>> {
  const { header } = recorded.find(file => takesSamples(file.header)) ?? recorded[0] ?? {}
  if (header === undefined || takesSamples(header) === takesSamples(run)) return {}
  const { engine, samplingIntervalMicros } = header
  return { engine, samplingIntervalMicros }
}

function recordingToFold(file: SavedFileRecord, selected: SelectedFiles): RecordingToFold {
  const { path, projectId, moved, recording } = file
  return { path, projectId, moved, recording: recording ?? '', tests: selected.get(file) }
}

/** Returns the files of a run that was cut off which were recorded, but whose results were not saved. */
function findUnlisted(saved: SavedRun, store: RunStore): SavedFileRecord[] {
  if (saved.endedAtMs !== null) return []
  const listed = new Set(saved.files.map(({ recording }) => recording))
  return store
    .names()
    .filter(name => !listed.has(name))
    .map(name => {
      const recording = store.read(name)
      const { projectId, project, testPath, startedAtMs, wallMicros } = recording.header
      return {
        projectId,
        project,
        path: toSlashes(testPath),
        status: statusOf(recording),
        recording: name,
        results: [],
        startedAtMs,
        wallMs: wallMicros / 1000,
      }
    })
}

/** Returns the status as Jest reports it: a file is skipped if all its tests are. */
function statusOf({ header, tests }: ResolvedRecording): FileRecord['status'] {
  if (header.end === 'interrupted') return 'interrupted'
  if (header.end !== 'teardown') return 'unfinished'
  const latest = new Map(tests.map(({ index, status }) => [index, status]))
  const statuses = [...latest.values()]
  if (statuses.includes('failed')) return 'failed'
  return statuses.includes('passed') ? 'passed' : 'skipped'
}

/** Returns the names of tests from Jest's results or, without these, from the recording. */
function namesOf({ results, recording }: SavedFileRecord, store: RunStore): readonly (readonly string[])[] {
  if (results.length > 0 || recording === null || !store.has(recording))
    return results.map(({ name }) => name)
  const names: (readonly string[])[] = []
  for (const { index, name } of store.read(recording).tests) names[index] = name
  return Array.from(names, name => name ?? [])
}

function givenParts({ file, test }: SelectionQuery): NonNullable<RunRecord['run']['selection']> {
  return { ...(file === undefined ? {} : { file }), ...(test === undefined ? {} : { test }) }
}

function lastEnd(records: readonly FileRecord[], startedAtMs: number): number {
  return max([startedAtMs, ...records.map(file => file.startedAtMs + file.wallMs)]) ?? startedAtMs
}

export interface ReportedRun extends LoadedRun {
  readonly report: Report
}

/** As `loadRun`, with the report. `budgets` replace those of the run. */
export async function loadReport(
  directory: string,
  { budgets, ...options }: LoadOptions & { readonly budgets?: readonly BudgetRule[] | undefined } = {},
): Promise<ReportedRun> {
  const loaded = await loadRun(directory, options)
  const { profile, record } = loaded
  const found = withFindings(buildReport(profile, record), profile, record)
  return { ...loaded, report: withBudgets(found, record.files, budgets ?? loaded.budgets) }
}
