// Collects the recordings of each test file when Jest has finished it, while other files still run: resolves positions, folds samples
// into the profile, and saves the recording. Memory holds one recording at a time.

import type { Test, TestResult } from '@jest/reporters'
import { group } from 'd3-array'
import { toSlashes } from '../profile/paths.js'
import type { TestStatus } from '../recording/enums.js'
import type { Recording, RecordingProblem } from '../recording/recording.js'
import { recordingKey } from '../recording/recording-file.js'
import type { HolderRecord } from '../report/record/memory-record.js'
import { RunBuilder } from '../report/record/run-builder.js'
import type { FileOutcome, FileRecord } from '../report/record/run-record.js'
import { makerFinder } from '../resolve/made-code.js'
import { type ResolveOptions, resolveRecording } from '../resolve/resolve-recording.js'
import { RunScripts } from '../resolve/run-scripts.js'
import { SourceMaps } from '../resolve/source-maps.js'
import { sourceTexts } from '../resolve/source-texts.js'
import type { IncomingRecordings } from '../storage/incoming-recordings.js'
import { nameOf, type RunStore } from '../storage/run-store.js'

/** A FileRecord, and how collecting it went. */
export interface CollectedRecord {
  record: FileRecord
  /** Number of recordings of the file: Jest retries a file whose worker called process.exit. */
  attempts: number
  /** Why the worker could not make a recording. */
  problem: string | undefined
  /** Why the recording, which is in the report, was not saved for later commands. */
  unsaved: string | undefined
}

export class Collector {
  readonly #incoming: IncomingRecordings
  readonly #store: RunStore
  readonly #builder = new RunBuilder()
  readonly #scripts = new RunScripts()
  readonly #resolve: ResolveOptions
  readonly #files = new Map<string, CollectedRecord>()

  constructor(
    { incoming, store }: { incoming: IncomingRecordings; store: RunStore },
    profilerDirectory: string,
  ) {
    this.#incoming = incoming
    this.#store = store
    const readSource = sourceTexts()
    const makerIn = makerFinder(readSource)
    this.#resolve = {
      maps: new SourceMaps(),
      profilerDirectory,
      readSource,
      makerIn,
      scripts: this.#scripts,
    }
  }

  get files(): CollectedRecord[] {
    return [...this.#files.values()]
  }

  /** Folds the recording of one test file. Only the last of several attempts counts. */
  take(outcome: FileOutcome): CollectedRecord {
    const { projectId, path } = outcome
    const file = this.#addFile(recordingKey(projectId, path), { ...outcome, recording: undefined })
    this.#fold(file, this.#incoming.take(projectId, path))
    return file
  }

  /** Folds the remaining recordings: those that ended late, and those of files without an outcome from Jest, which are returned. */
  takeRest(): CollectedRecord[] {
    const unfinished: CollectedRecord[] = []
    const rest = group(this.#incoming.takeRest(), ({ header }) =>
      recordingKey(header.projectId, header.testPath),
    )
    for (const [key, taken] of rest) {
      const known = this.#files.get(key)
      const file = known ?? this.#addFile(key, unfinishedRecord(taken[0]?.header))
      if (known === undefined) unfinished.push(file)
      this.#fold(file, taken)
    }
    return unfinished
  }

  /** The original position of a function in a script of the run, or the same. */
  readonly originalOf = (step: HolderRecord): HolderRecord => {
    const script = this.#scripts.find(step.file ?? '')
    if (script === undefined) return step
    const { file, line, column } = this.#resolve.maps.original(script.url, script.maps, step) ?? step
    return { ...step, file, line, column }
  }

  build(): ReturnType<RunBuilder['build']> {
    return this.#builder.build()
  }

  #addFile(key: string, record: FileRecord): CollectedRecord {
    const file = { record, attempts: 0, problem: undefined, unsaved: undefined }
    this.#files.set(key, file)
    return file
  }

  #fold(file: CollectedRecord, taken: readonly (Recording | RecordingProblem)[]): void {
    const recordings = taken.filter((entry): entry is Recording => !('problem' in entry))
    file.problem ??= taken.findLast(entry => 'problem' in entry)?.problem
    file.attempts += recordings.length
    const last = recordings.at(-1)
    if (last === undefined || file.record.recording !== undefined) return
    const resolved = resolveRecording(last, this.#resolve)
    const recording = this.#builder.add(resolved, nameOf(resolved))
    try {
      this.#store.save(resolved)
    } catch (error) {
      // With a full disk later commands lack this recording, but this report does not.
      file.unsaved = (error as Error).message
    }
    file.record = { ...file.record, project: resolved.header.project, recording }
  }
}

function unfinishedRecord(header: RecordingProblem['header'] | undefined): FileRecord {
  return {
    projectId: header?.projectId ?? '',
    path: toSlashes(header?.testPath ?? ''),
    project: '',
    status: 'unfinished',
    results: [],
    startedAtMs: 0,
    wallMs: 0,
    recording: undefined,
  }
}

/** Jest's own results in the terms of the report. */
export function toOutcome(test: Test, result: TestResult): FileOutcome {
  const { start, end } = result.perfStats
  return {
    projectId: test.context.config.id,
    project: test.context.config.displayName?.name ?? '',
    path: toSlashes(test.path),
    status: statusOfFile(result),
    results: result.testResults.map(({ ancestorTitles, title, status, duration }) => ({
      name: [...ancestorTitles, title],
      status: STATUS[status] ?? 'skipped',
      wallMs: Math.max(0, duration ?? 0),
    })),
    startedAtMs: start,
    // Jest reads the wall clock, which may be set back meanwhile.
    wallMs: Math.max(0, end - start),
  }
}

function statusOfFile(result: TestResult): FileOutcome['status'] {
  if (result.testExecError !== undefined || result.numFailingTests > 0) return 'failed'
  return result.skipped || result.numPassingTests === 0 ? 'skipped' : 'passed'
}

const STATUS: Readonly<Record<string, TestStatus>> = { passed: 'passed', failed: 'failed', todo: 'todo' }
