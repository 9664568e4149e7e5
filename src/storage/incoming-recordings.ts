// The recordings that workers write during a run. Taking a recording removes its file.

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { RECORDING_VERSION } from '../recording/enums.js'
import { type Recording, type RecordingProblem, validateRawRecording } from '../recording/recording.js'
import { PARTIAL_EXTENSION, RAW_EXTENSION, recordingKey } from '../recording/recording-file.js'
import { describeIssue } from '../schema/issues.js'
import type { RunFolder } from './run-folder.js'
import { regularFile } from './stored-file.js'

export class IncomingRecordings {
  readonly #directory: string

  constructor({ incoming }: Pick<RunFolder, 'incoming'>) {
    this.#directory = incoming
  }

  /** Takes the recordings of a test file, the latest attempt last. */
  take(projectId: string, testPath: string): (Recording | RecordingProblem)[] {
    const key = recordingKey(projectId, testPath)
    return this.#take(name => name.startsWith(key), { projectId, testPath })
  }

  takeRest(): (Recording | RecordingProblem)[] {
    return this.#take(() => true, { projectId: '', testPath: '' })
  }

  /** Returns what an interrupted run has left, whole recordings and the longest first, and removes nothing. */
  readLeft(): (Recording | RecordingProblem)[] {
    return [RAW_EXTENSION, PARTIAL_EXTENSION].flatMap(extension =>
      readdirSync(this.#directory)
        .filter(name => name.endsWith(extension))
        .map(name => this.#read(name, { projectId: '', testPath: '' }))
        .toSorted((a, b) => lengthOf(b) - lengthOf(a)),
    )
  }

  #take(
    wanted: (name: string) => boolean,
    owner: RecordingProblem['header'],
  ): (Recording | RecordingProblem)[] {
    const names = readdirSync(this.#directory).filter(name => name.endsWith(RAW_EXTENSION) && wanted(name))
    const taken = names.map(name => {
      const recording = this.#read(name, owner)
      rmSync(join(this.#directory, name), { force: true })
      return recording
    })
    return taken.toSorted((a, b) => startOf(a) - startOf(b))
  }

  // A recording that cannot be read becomes a problem of its test file.
  #read(name: string, owner: RecordingProblem['header']): Recording | RecordingProblem {
    try {
      return parseRaw(readFileSync(regularFile(join(this.#directory, name)), 'utf8'), name)
    } catch (error) {
      return unreadable(name, owner, error)
    }
  }
}

function unreadable(
  name: string,
  { projectId, testPath }: RecordingProblem['header'],
  error: unknown,
): RecordingProblem {
  const header = { projectId, testPath: testPath === '' ? name : testPath }
  const reason = error instanceof Error ? error.message : String(error)
  return { version: RECORDING_VERSION, header, problem: `the recording cannot be read: ${reason}` }
}

function lengthOf(recording: Recording | RecordingProblem): number {
  return 'problem' in recording ? -1 : recording.header.wallMicros
}

function startOf(recording: Recording | RecordingProblem): number {
  return 'problem' in recording ? 0 : recording.header.startedAtMs
}

function parseRaw(text: string, name: string): Recording | RecordingProblem {
  const recording: Recording | RecordingProblem = JSON.parse(text)
  if (recording?.version !== RECORDING_VERSION)
    throw new UserError(
      `jest-profiler: recording ${name} has version ${recording?.version}, this release reads version ${RECORDING_VERSION}. ` +
        'Use one version of jest-profiler in all projects of a run.',
    )
  const issue = validateRawRecording(recording)
  if (issue !== undefined) throw new Error(describeIssue(issue))
  const { projectId, testPath } = recording.header
  if (name.startsWith(recordingKey(projectId, testPath))) return recording
  throw new Error(`it is of another test file, ${testPath}`)
}
