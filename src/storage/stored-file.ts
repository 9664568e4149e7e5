// Files in run folders: compressed JSON with a version, read whole or not at all.

import { constants } from 'node:buffer'
import { lstatSync, readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { UserError } from '../errors/user-error.js'
import { writeWhole } from '../recording/recording-file.js'
import { describeIssue } from '../schema/issues.js'
import { findIssue, type Schema } from '../schema/schema.js'

/**
 * Limits the decompressed size, for hostile files: ours are at most some 20 times larger than compressed, where gzip allows 1,000.
 * Small files may exceed the ratio, because files are read one at a time.
 */
const LARGEST_RATIO = 100
const SMALL = 16 * 1024 * 1024

export interface Kind<T> {
  readonly version: number
  readonly schema: Schema<T>
  /** What to do if the file is damaged. */
  readonly remedy: string
}

interface File {
  readonly path: string
  readonly kind: Kind<unknown>
}

// Level 1 is three times as fast as the default, and makes files a fifth larger.
export function writeStored(path: string, content: object): void {
  writeWhole(path, gzipSync(JSON.stringify(content), { level: 1 }))
}

/** Throws a UserError if the file is damaged or of another version. */
export function readStored<T>(path: string, kind: Kind<T>): T {
  const file = { path, kind }
  const bytes = readable(file, () => {
    const compressed = readFileSync(regularFile(path))
    return gunzipSync(compressed, limitsFor(compressed))
  })
  const content = readable(file, () => JSON.parse(bytes.toString()))
  checkVersion(file, content?.version)
  const issue = findIssue(kind.schema, content)
  if (issue === undefined) return content
  throw damaged(file, new Error(describeIssue(issue)))
}

/** Returns the path. Throws for links, which may lead anywhere, and devices and pipes, which may never end: the folder is not trusted. */
export function regularFile(path: string): string {
  if (lstatSync(path).isFile()) return path
  throw new Error('it is not a regular file')
}

/** Returns the path of a file to copy. Throws a UserError if it is no regular file. */
export function storedFilePath(path: string, kind: Kind<unknown>): string {
  return readable({ path, kind }, () => regularFile(path))
}

function limitsFor(compressed: Buffer): { maxOutputLength: number } {
  const largest = Math.max(SMALL, LARGEST_RATIO * compressed.length)
  return { maxOutputLength: Math.min(largest, constants.MAX_STRING_LENGTH) }
}

function checkVersion({ path, kind }: File, version: unknown): void {
  if (version === kind.version) return
  if (typeof version !== 'number') throw damaged({ path, kind }, new Error('it has no version'))
  const remedy =
    version > kind.version
      ? 'Update jest-profiler.'
      : 'Read it with the release that wrote it, or record the run again.'
  throw new UserError(
    `jest-profiler: ${path} has version ${version}, this release reads version ${kind.version}. ${remedy}`,
  )
}

function readable<T>(file: File, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw damaged(file, error)
  }
}

function damaged({ path, kind }: File, error: unknown): UserError {
  return new UserError(
    `jest-profiler: ${path} is ${whatIsWrong(error as NodeJS.ErrnoException)}. ${kind.remedy}`,
    { cause: error },
  )
}

function whatIsWrong({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'Z_BUF_ERROR') return 'truncated'
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'damaged (its decompressed size is implausible)'
  return `damaged (${message})`
}
