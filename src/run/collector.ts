// Takes in the recordings of each test file as Jest finishes it, while other files still run: resolves positions,
// folds samples into the one profile, and keeps the recording. Memory holds one recording at a time.

import type { Recording, RecordingProblem } from '../recording/recording.js'
import { recordingKey } from '../recording/recording-file.js'
import { RunBuilder } from '../report/record/run-builder.js'
import type { FileRecord } from '../report/record/run-record.js'
import { type ResolveOptions, resolveRecording } from '../resolve/resolve-recording.js'
import { SourceMaps } from '../resolve/source-maps.js'
import { sourceTexts } from '../resolve/source-texts.js'
import type { IncomingRecordings } from '../storage/incoming-recordings.js'
import { type KeptRun, nameOf } from '../storage/kept-run.js'

/** What Jest says of a test file when it has ended. */
export type FileOutcome = Omit<FileRecord, 'recording'>

export interface CollectedFile {
  record: FileRecord
  /** How often the file was recorded: a worker that dies by process.exit is tried again. */
  attempts: number
  /** What the worker said of a recording that it could not make. */
  problem: string | undefined
  /** Why the recording, which is in the report, could not be kept for later commands. */
  unkept: string | undefined
}

type Taken = Recording | RecordingProblem

export class Collector {
  readonly #incoming: IncomingRecordings
  readonly #kept: KeptRun
  readonly #builder = new RunBuilder()
  readonly #resolve: ResolveOptions
  readonly #files = new Map<string, CollectedFile>()

  constructor(
    { incoming, kept }: { incoming: IncomingRecordings; kept: KeptRun },
    profilerDirectory: string,
  ) {
    this.#incoming = incoming
    this.#kept = kept
    this.#resolve = { maps: new SourceMaps(), profilerDirectory, readSource: sourceTexts() }
  }

  get files(): CollectedFile[] {
    return [...this.#files.values()]
  }

  /** Folds what was recorded of one test file. Of several attempts only the last counts. */
  take(outcome: FileOutcome): CollectedFile {
    const { projectId, path } = outcome
    const file = {
      record: { ...outcome, recording: undefined },
      attempts: 0,
      problem: undefined,
      unkept: undefined,
    }
    this.#files.set(recordingKey(projectId, path), file)
    this.#fold(file, this.#incoming.take(projectId, path))
    return file
  }

  /**
   * Folds what nobody has asked for yet: recordings that were ended late, since their file never reached its
   * teardown, and those of files that Jest told no outcome of. Returns the latter.
   */
  takeRest(): CollectedFile[] {
    const unfinished = new Set<CollectedFile>()
    for (const [key, taken] of groupByFile(this.#incoming.takeRest())) {
      let file = this.#files.get(key)
      if (file === undefined) {
        file = {
          record: unfinishedRecord(taken[0]?.header),
          ...{ attempts: 0, problem: undefined, unkept: undefined },
        }
        this.#files.set(key, file)
        unfinished.add(file)
      }
      this.#fold(file, taken)
    }
    return [...unfinished]
  }

  /** Of all files together. */
  build(): ReturnType<RunBuilder['build']> {
    return this.#builder.build()
  }

  #fold(file: CollectedFile, taken: readonly Taken[]): void {
    const recordings = taken.filter((entry): entry is Recording => !('problem' in entry))
    file.problem ??= taken.findLast(entry => 'problem' in entry)?.problem
    file.attempts += recordings.length
    const last = recordings.at(-1)
    if (last === undefined || file.record.recording !== undefined) return
    const resolved = resolveRecording(last, this.#resolve)
    const recording = this.#builder.add(resolved, nameOf(resolved))
    try {
      this.#kept.keep(resolved)
    } catch (error) {
      // A full disk costs what is read later, and nothing of this report.
      file.unkept = (error as Error).message
    }
    file.record = { ...file.record, project: resolved.header.project, recording }
  }
}

function groupByFile(taken: readonly Taken[]): Map<string, Taken[]> {
  const groups = new Map<string, Taken[]>()
  for (const entry of taken) {
    const key = recordingKey(entry.header.projectId, entry.header.testPath)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [entry])
    else known.push(entry)
  }
  return groups
}

function unfinishedRecord(header: Taken['header'] | undefined): FileRecord {
  const { projectId = '', testPath = '' } = header ?? {}
  const unknown = { project: '', recording: undefined, results: [], startedAtMs: 0, wallMs: 0 }
  return { projectId, path: toSlashes(testPath), status: 'unfinished', ...unknown }
}

export function toSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path
}
