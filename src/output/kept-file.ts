// A file that a run folder keeps: compressed JSON with a version, read whole or not at all.

import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip, gunzipSync, gzipSync } from 'node:zlib'
import { writeWhole } from '../collect/recording-file.js'
import { UserError } from '../user-error.js'

/** A damaged or hostile file cannot claim more memory than this. */
const LARGEST_FILE = 1024 * 1024 * 1024
const LIMITS = { maxOutputLength: LARGEST_FILE }

interface Versioned {
  readonly version: number
}

// Level 1 is three times as fast as the default and makes files a fifth larger.
export function writeKept(path: string, content: Versioned): void {
  writeWhole(path, gzipSync(JSON.stringify(content), { level: 1 }))
}

/** Throws a UserError when it is damaged or of another version. */
export function readKept<T extends Versioned>(path: string, version: number): T {
  return parse(
    readable(path, () => gunzipSync(readFileSync(path), LIMITS)),
    { path, version },
  )
}

/** The same, with Node's own threads to read and decompress it; the function that it returns parses it. */
export async function startReadingKept<T extends Versioned>(path: string, version: number): Promise<() => T> {
  try {
    const bytes = await promisify(gunzip)(await readFile(path), LIMITS)
    return () => parse(bytes, { path, version })
  } catch (error) {
    throw damaged(path, error)
  }
}

function parse<T extends Versioned>(bytes: Buffer, { path, version }: { path: string; version: number }): T {
  const content = readable<T>(path, () => JSON.parse(bytes.toString()))
  if (content.version === version) return content
  const isNewer = content.version > version
  throw new UserError(
    `jest-profiler: ${path} has version ${content.version}, this release reads version ${version}. ` +
      (isNewer ? 'Update jest-profiler.' : 'Read it with the release that wrote it, or record the run anew.'),
  )
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw damaged(path, error)
  }
}

function damaged(path: string, error: unknown): UserError {
  const { code, message } = error as NodeJS.ErrnoException
  const what = code === 'Z_BUF_ERROR' ? 'cut off in the middle' : `damaged (${message})`
  return new UserError(
    `jest-profiler: ${path} is ${what}. Copy the run anew; without that file its test file is listed as missing.`,
    { cause: error },
  )
}
