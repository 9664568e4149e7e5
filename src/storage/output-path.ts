// Output paths of commands, checked before the command begins to work.

import { existsSync, lstatSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { isFolder } from './run-folder.js'

/** Returns the absolute path of a new file. Throws a UserError if it is a folder, or its folder does not exist. */
export function outputFile(given: string, cwd: string): string {
  const path = resolve(cwd, given)
  if (isFolder(path)) throw wrong(given, 'is a folder', 'Name a file in it.')
  // Writing replaces what exists, and must not replace a device.
  if (path.startsWith('/dev/') || (existsSync(path) && !statSync(path).isFile()))
    throw wrong(given, 'is not a regular file', 'Omit -o to print to stdout.')
  return inFolder(path, given)
}

/** Returns the absolute path of a new folder. Throws a UserError if it exists, or its parent does not. */
export function outputFolder(given: string, cwd: string): string {
  const path = resolve(cwd, given)
  if (isFolder(path)) throw wrong(given, 'already exists', 'Name another folder, or remove it first.')
  // A dangling link exists, too.
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    throw wrong(given, 'is a file', 'Name a folder that does not exist yet.')
  return inFolder(path, given)
}

function inFolder(path: string, given: string): string {
  if (isFolder(dirname(path))) return path
  throw wrong(given, `is in ${dirname(path)}, which is not a folder`, 'Create it first.')
}

function wrong(given: string, what: string, remedy: string): UserError {
  return new UserError(`jest-profiler: -o ${JSON.stringify(given)} ${what}. ${remedy}`)
}
