// What a run folder keeps so that everything else in it can be made again, on any machine: its recordings, resolved and
// compressed, and what is known of the run as a whole.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { recordingKey, writeWhole } from '../collect/recording-file.js'
import { RESOLVED_VERSION, type ResolvedRecording } from '../import/resolved-recording.js'
import { SAVED_VERSION, type SavedRun } from '../report/saved-run.js'
import { UserError } from '../user-error.js'
import type { RunFolder } from './run-folder.js'

/** A damaged or hostile file cannot claim more memory than this. */
const LARGEST_FILE = 1024 * 1024 * 1024
const RECORDING_EXTENSION = '.recording.gz'
/** As `keep` makes them. */
const RECORDING_NAME = /^[\w.-]+\.recording\.gz$/
/** Not `.json`: Jest 30 would watch it. */
const RUN_FILE = 'run.gz'

export class KeptRun {
  readonly #directory: string

  constructor({ recordings }: Pick<RunFolder, 'recordings'>) {
    this.#directory = recordings
  }

  /** Keeps a recording; returns the name to read it by. */
  keep(recording: ResolvedRecording): string {
    const { projectId, testPath, processId, threadId, startedAtMs } = recording.header
    const unique = `${processId}-${threadId}-${Math.round(startedAtMs)}`
    const name = `${recordingKey(projectId, testPath)}-${unique}${RECORDING_EXTENSION}`
    this.#write(name, recording)
    return name
  }

  /** Throws a UserError when it is damaged or of another version. */
  read(name: string): ResolvedRecording {
    return this.#read<ResolvedRecording>(name, RESOLVED_VERSION)
  }

  has(name: string): boolean {
    return existsSync(join(this.#directory, name))
  }

  /** Of all recordings, sorted. */
  names(): string[] {
    return readdirSync(this.#directory)
      .filter(name => name.endsWith(RECORDING_EXTENSION))
      .toSorted()
  }

  keepRun(run: SavedRun): void {
    this.#write(RUN_FILE, run)
  }

  /** Throws a UserError when it is not there, damaged or of another version. */
  readRun(): SavedRun {
    if (this.has(RUN_FILE))
      return withOwnNames(this.#read<SavedRun>(RUN_FILE, SAVED_VERSION), this.#directory)
    throw new UserError(
      `jest-profiler: ${this.#directory} has no ${RUN_FILE}: an earlier release wrote this run, or the file was removed. Record it anew.`,
    )
  }

  // Level 1 is three times as fast as the default and makes files a fifth larger.
  #write(name: string, content: SavedRun | ResolvedRecording): void {
    writeWhole(join(this.#directory, name), gzipSync(JSON.stringify(content), { level: 1 }))
  }

  #read<T extends { version: number }>(name: string, version: number): T {
    const path = join(this.#directory, name)
    const content = parse<T>(readFileSync(path), path)
    if (content.version === version) return content
    const isNewer = content.version > version
    throw new UserError(
      `jest-profiler: ${path} has version ${content.version}, this release reads version ${version}. ` +
        (isNewer
          ? 'Update jest-profiler.'
          : 'Read it with the release that wrote it, or record the run anew.'),
    )
  }
}

/** Names are joined to folders, for reading and for copying: one that leads out of them is nobody's recording. */
function withOwnNames(run: SavedRun, directory: string): SavedRun {
  const isOwn = (name: string | null) => name === null || RECORDING_NAME.test(name)
  const foreign = run.files.find(({ recording }) => !isOwn(recording))
  if (foreign === undefined) return run
  throw new UserError(
    `jest-profiler: ${join(directory, RUN_FILE)} is damaged: no recording is called ${JSON.stringify(foreign.recording)}. Copy the run anew.`,
  )
}

function parse<T>(bytes: Buffer, path: string): T {
  try {
    return JSON.parse(gunzipSync(bytes, { maxOutputLength: LARGEST_FILE }).toString())
  } catch (error) {
    const isCutOff = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR'
    throw new UserError(
      `jest-profiler: ${path} is ${isCutOff ? 'cut off in the middle' : `damaged (${(error as Error).message})`}. ` +
        'Copy the run anew; without that file its test file is listed as missing.',
      { cause: error },
    )
  }
}
