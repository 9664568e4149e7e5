// Recordings on disk. Functions of `node:fs` are imported by name: a test that replaces them on the module does not affect us.

import { createHash } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import type { Recording, RecordingProblem } from './recording.js'

/** The extension of recordings that the reporter has not folded yet. Not `.json`, which Jest 30 would watch. */
export const RAW_EXTENSION = '.recording'

/** The extension of what is saved of a test file while it runs. */
export const PARTIAL_EXTENSION = '.partial'

/** Returns the prefix of the names of all recordings of a test file in a project. */
export function recordingKey(projectId: string, testPath: string): string {
  return createHash('sha256')
    .update(`${projectId}\0${testPath.replaceAll('\\', '/')}`)
    .digest('hex')
    .slice(0, 20)
}

/** Throws what the file system throws. */
export function writeRecording(
  directory: string,
  recording: Recording | RecordingProblem,
  unique: string,
): void {
  const { projectId, testPath } = recording.header
  const isPart = 'end' in recording.header && recording.header.end === 'interrupted'
  const extension = isPart ? PARTIAL_EXTENSION : RAW_EXTENSION
  const name = `${recordingKey(projectId, testPath)}-${unique}${extension}`
  writeWhole(join(directory, name), JSON.stringify(recording))
}

/** Content of a file; the pieces of a generator are not in memory at once. */
export type Content = string | Uint8Array | Generator<string | Uint8Array>

export function piecesOf(content: Content): Iterable<string | Uint8Array> {
  return typeof content === 'string' || content instanceof Uint8Array ? [content] : content
}

/** Writes under a temporary name and renames: readers see the whole file or none. A link at `path` is replaced. */
export function writeWhole(path: string, content: Content): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    writePieces(temporary, content)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  renameSync(temporary, path)
}

function writePieces(path: string, content: Content): void {
  const file = openNew(path)
  try {
    for (const piece of piecesOf(content)) writeFileSync(file, piece)
  } finally {
    closeSync(file)
  }
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    // A process with this id may have died before renaming. The file is not overwritten: it may be a link that somebody else created.
    rmSync(path)
    return openSync(path, 'wx')
  }
}

// Module state: a process records many test files, one after the other.
let recordings = 0

/** Returns a name that is unique in the run: JEST_WORKER_ID is reused, and threads share a process id. */
export function uniqueName(): string {
  return `${process.pid}-${threadId}-${++recordings}`
}
