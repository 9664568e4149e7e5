// Recordings on disk: their names, and writing one whole or not at all. Functions of `node:fs` are imported by name,
// so that a test that replaces them on the module does not reach us.

import { createHash } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import type { Recording, RecordingProblem } from './recording.js'

/** As recorded, and not yet folded by the reporter. Not `.json`: Jest 30 would watch it. */
export const RAW_EXTENSION = '.recording'

/** Begins the names of all recordings of one test file of one project. */
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
  const name = `${recordingKey(projectId, testPath)}-${unique}${RAW_EXTENSION}`
  writeWhole(join(directory, name), JSON.stringify(recording))
}

/** What a file is to hold; a generator's pieces are never in memory all at once. */
export type Content = string | Uint8Array | Generator<string | Uint8Array>

export function piecesOf(content: Content): Iterable<string | Uint8Array> {
  return typeof content === 'string' || content instanceof Uint8Array ? [content] : content
}

/** Writes under a temporary name and renames: a reader sees the whole file or none. A link at `path` is replaced. */
export function writeWhole(path: string, content: Content): void {
  const temporary = `${path}.${process.pid}.tmp`
  // A process of that id may have died before it renamed its own. What is there is never written to: it may be a link
  // that somebody has put into a folder where all may write.
  rmSync(temporary, { force: true })
  try {
    writePieces(temporary, content)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  renameSync(temporary, path)
}

function writePieces(path: string, content: Content): void {
  const file = openSync(path, 'wx')
  try {
    for (const piece of piecesOf(content)) writeFileSync(file, piece)
  } finally {
    closeSync(file)
  }
}

// Module state: a process records many test files, one after the other.
let recordings = 0

/** No other recording of this run has it: JEST_WORKER_ID is used again, and threads share a process id. */
export function uniqueName(): string {
  return `${process.pid}-${threadId}-${++recordings}`
}
