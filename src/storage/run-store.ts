// The recordings of a run, resolved and compressed, and the facts of the run: all other files can be made from them on any machine.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { getOrMake } from '../profile/columns.js'
import { recordingKey } from '../recording/recording-file.js'
import {
  RESOLVED_RECORDING,
  RESOLVED_VERSION,
  type ResolvedRecording,
} from '../recording/resolved-recording.js'
import { SAVED_VERSION, type SavedRun } from '../report/record/saved-run.js'
import type { RunFolder } from './run-folder.js'
import { SAVED_RUN } from './saved-run-schema.js'
import { type Kind, readStored, storedFilePath, writeStored } from './stored-file.js'

const RECORDING_EXTENSION = '.recording.gz'
/** Not `.json`: Jest 30 would watch it. */
const RUN_FILE = 'run.gz'
const RECORDING: Kind<ResolvedRecording> = {
  version: RESOLVED_VERSION,
  schema: RESOLVED_RECORDING.schema,
  remedy: 'Copy the run again; without that file its test file is listed as missing.',
}
const RUN: Kind<SavedRun> = {
  version: SAVED_VERSION,
  schema: SAVED_RUN,
  remedy: 'Copy the run again; without that file nothing of it can be read.',
}

export class RunStore {
  readonly #directory: string
  readonly #paths = new Map<string, string>()

  constructor({ recordings }: Pick<RunFolder, 'recordings'>) {
    this.#directory = recordings
  }

  /** Returns the name of the recording. */
  save(recording: ResolvedRecording): string {
    const name = nameOf(recording)
    writeStored(join(this.#directory, name), RESOLVED_RECORDING.pack(recording))
    return name
  }

  /** Throws a UserError if the recording is damaged or of another version. */
  read(name: string): ResolvedRecording {
    const stored = readStored(join(this.#directory, name), RECORDING)
    return RESOLVED_RECORDING.unpack(stored, { paths: path => getOrMake(this.#paths, path, () => path) })
  }

  /** Throws a UserError if the recording does not exist. */
  pathOf(name: string): string {
    return storedFilePath(join(this.#directory, name), RECORDING)
  }

  has(name: string): boolean {
    return existsSync(join(this.#directory, name))
  }

  /** Returns the names of all recordings, sorted. */
  names(): string[] {
    return readdirSync(this.#directory)
      .filter(name => name.endsWith(RECORDING_EXTENSION))
      .toSorted()
  }

  saveRun(run: SavedRun): void {
    writeStored(join(this.#directory, RUN_FILE), run)
  }

  /** Throws a UserError if the run is missing, damaged or of another version. */
  readRun(): SavedRun {
    const path = join(this.#directory, RUN_FILE)
    if (existsSync(path)) return readStored(path, RUN)
    throw new UserError(
      `jest-profiler: ${this.#directory} has no ${RUN_FILE}: an earlier release wrote this run, or the file was removed. Record it again.`,
    )
  }
}

export function nameOf({ header }: Pick<ResolvedRecording, 'header'>): string {
  const { projectId, testPath, processId, threadId, startedAtMs } = header
  const unique = `${processId}-${threadId}-${Math.round(startedAtMs)}`
  return `${recordingKey(projectId, testPath)}-${unique}${RECORDING_EXTENSION}`
}
