// Takes in the recordings of each test file as Jest finishes it, while other files still run: resolves positions,
// folds samples into the one profile, and keeps the recording. Memory holds one recording at a time.

import type { Recording, RecordingProblem } from '../collect/recording.js'
import { foldRecording } from '../import/fold-recording.js'
import { type ResolveOptions, resolveRecording } from '../import/resolve-recording.js'
import { SourceMaps } from '../import/source-maps.js'
import type { RecordingStore } from '../output/recording-store.js'
import type { Profile } from '../profile/profile.js'
import { ProfileBuilder } from '../profile/profile-builder.js'
import type { FileRecord, RecordedFile } from '../report/run-record.js'

/** What Jest says of a test file when it has ended. */
export type FileOutcome = Omit<FileRecord, 'recording'> & { readonly projectId: string }

export interface CollectedFile {
  record: FileRecord
  /** Name of the kept recording, for views in the order of time. */
  kept: string | undefined
  /** How often the file was recorded: a worker that dies by process.exit is tried again. */
  attempts: number
  /** What the worker said of a recording that it could not make. */
  problem: string | undefined
}

export class Collector {
  readonly #store: RecordingStore
  readonly #builder = new ProfileBuilder()
  readonly #resolve: ResolveOptions
  readonly files: CollectedFile[] = []

  constructor(store: RecordingStore, profilerDirectory: string) {
    this.#store = store
    this.#resolve = { maps: new SourceMaps(), profilerDirectory }
  }

  /** Folds what was recorded of one test file. Of several attempts only the last counts. */
  take({ projectId, ...outcome }: FileOutcome): CollectedFile {
    return this.#add(outcome, this.#store.take(projectId, outcome.path))
  }

  /** Folds recordings of files that Jest has told no outcome of: the run was cut short. */
  takeRest(): void {
    const byFile = new Map<string, (Recording | RecordingProblem)[]>()
    for (const recording of this.#store.takeRest()) {
      const { projectId, testPath } = recording.header
      const key = `${projectId}\0${testPath}`
      byFile.set(key, [...(byFile.get(key) ?? []), recording])
    }
    for (const recordings of byFile.values()) {
      const [last] = recordings.filter(isRecording).slice(-1)
      const path = recordings[0]?.header.testPath ?? ''
      const times = {
        startedAtMs: last?.header.startedAtMs ?? 0,
        wallMs: (last?.header.wallMicros ?? 0) / 1000,
      }
      const project = last?.header.project ?? ''
      this.#add({ path: toSlashes(path), project, status: 'unfinished', results: [], ...times }, recordings)
    }
  }

  profile(): Profile {
    return this.#builder.build()
  }

  #add(outcome: Omit<FileRecord, 'recording'>, taken: (Recording | RecordingProblem)[]): CollectedFile {
    const recordings = taken.filter(isRecording)
    const problem = taken.findLast(entry => 'problem' in entry)?.problem
    const last = recordings.at(-1)
    const { recorded, kept } =
      last === undefined ? { recorded: undefined, kept: undefined } : this.#fold(last)
    const record = { ...outcome, recording: recorded }
    const file = { record, kept, attempts: recordings.length, problem }
    this.files.push(file)
    return file
  }

  #fold(recording: Recording): { recorded: RecordedFile; kept: string } {
    const resolved = resolveRecording(recording, this.#resolve)
    foldRecording(this.#builder, resolved)
    return { recorded: { header: resolved.header, tests: resolved.tests }, kept: this.#store.keep(resolved) }
  }
}

function isRecording(entry: Recording | RecordingProblem): entry is Recording {
  return !('problem' in entry)
}

export function toSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path
}
