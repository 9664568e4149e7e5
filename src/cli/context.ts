// The context of a command, its output, and its errors.

import { UserError } from '../errors/user-error.js'
import { type Content, piecesOf, writeWhole } from '../recording/recording-file.js'

export interface Context {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** Writes to a file, or to stdout without a path. */
export function writeOut(content: Content, path?: string): void {
  if (path !== undefined) writeWhole(path, content)
  else for (const piece of piecesOf(content)) process.stdout.write(piece)
}

/** The exit code for wrong usage. Node does not use 2: https://nodejs.org/api/process.html#exit-codes */
const WRONG_USAGE = 2

/** Errors of the file system that the user can fix. */
const REFUSALS: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'])

/** Reports errors that the user can fix in a line on stderr, with exit code 2. Any other error is a bug and keeps its stack. */
export async function reportErrors(action: () => void | Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    const isRefused = REFUSALS.has(code)
    if (!isRefused && !(error instanceof UserError)) throw error
    process.stderr.write(`${isRefused ? `jest-profiler: ${message}. Fix this and try again.` : message}\n`)
    process.exitCode = WRONG_USAGE
  }
}
