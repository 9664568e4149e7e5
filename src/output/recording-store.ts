// A run's recordings on disk: taken in from the workers one by one, kept resolved and compressed, read again for
// views in the order of time.

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Recording, RecordingProblem } from '../collect/recording.js'
import { RECORDING_VERSION } from '../collect/recording.js'
import { RAW_EXTENSION, recordingKey, writeWhole } from '../collect/recording-file.js'
import { RESOLVED_VERSION, type ResolvedRecording } from '../import/resolved-recording.js'
import { UserError } from '../user-error.js'
import type { RunFolder } from './run-folder.js'

/** A damaged or hostile file cannot claim more memory than this. */
const LARGEST_RECORDING = 1024 * 1024 * 1024
const KEPT_EXTENSION = '.recording.gz'

export class RecordingStore {
  readonly #folder: RunFolder

  constructor(folder: RunFolder) {
    this.#folder = folder
  }

  /** What workers have left of one test file, the latest attempt last; taken, it is gone from the folder. */
  take(projectId: string, testPath: string): (Recording | RecordingProblem)[] {
    const key = recordingKey(projectId, testPath)
    return this.#take(name => name.startsWith(key), { projectId, testPath })
  }

  /** What nobody has taken yet. */
  takeRest(): (Recording | RecordingProblem)[] {
    return this.#take(() => true, { projectId: '', testPath: '' })
  }

  /** Keeps a recording; returns the name to read it by. */
  keep(recording: ResolvedRecording): string {
    const { projectId, testPath, processId, threadId, startedAtMs } = recording.header
    const unique = `${processId}-${threadId}-${Math.round(startedAtMs)}`
    const name = `${recordingKey(projectId, testPath)}-${unique}${KEPT_EXTENSION}`
    // Level 1 is three times as fast as the default and makes files a fifth larger.
    writeWhole(join(this.#folder.recordings, name), gzipSync(JSON.stringify(recording), { level: 1 }))
    return name
  }

  read(name: string): ResolvedRecording {
    return parseResolved(readFileSync(join(this.#folder.recordings, name)), name)
  }

  /** Removes the folder of incoming recordings. */
  close(): void {
    rmSync(this.#folder.incoming, { recursive: true, force: true })
  }

  // One that cannot be read is a problem of its own file, and of no other.
  #take(
    wanted: (name: string) => boolean,
    owner: RecordingProblem['header'],
  ): (Recording | RecordingProblem)[] {
    const names = readdirSync(this.#folder.incoming).filter(
      name => name.endsWith(RAW_EXTENSION) && wanted(name),
    )
    const taken = names.map(name => {
      const path = join(this.#folder.incoming, name)
      try {
        return parseRaw(readFileSync(path, 'utf8'), name)
      } catch (error) {
        return unreadable(name, owner, error)
      } finally {
        rmSync(path, { force: true })
      }
    })
    return taken.toSorted((a, b) => startOf(a) - startOf(b))
  }
}

function unreadable(
  name: string,
  { projectId, testPath }: RecordingProblem['header'],
  error: unknown,
): RecordingProblem {
  const header = { projectId, testPath: testPath === '' ? name : testPath }
  const reason = error instanceof Error ? error.message : String(error)
  return { version: RECORDING_VERSION, header, problem: `its recording cannot be read: ${reason}` }
}

function startOf(recording: Recording | RecordingProblem): number {
  return 'problem' in recording ? 0 : recording.header.startedAtMs
}

function parseRaw(text: string, name: string): Recording | RecordingProblem {
  return checkVersion(JSON.parse(text) as Recording | RecordingProblem, RECORDING_VERSION, name)
}

function parseResolved(bytes: Buffer, name: string): ResolvedRecording {
  const text = gunzipSync(bytes, { maxOutputLength: LARGEST_RECORDING }).toString()
  return checkVersion(JSON.parse(text) as ResolvedRecording, RESOLVED_VERSION, name)
}

function checkVersion<T extends { version: number }>(recording: T, version: number, name: string): T {
  if (recording.version === version) return recording
  throw new UserError(
    `jest-profiler: recording ${name} has version ${recording.version}, this release reads version ${version}. ` +
      'Use one version of jest-profiler in all projects of a run.',
  )
}
