// What a command knows of its surroundings, where its output goes, and how it reports errors.

import { UserError } from '../errors/user-error.js'
import { type Content, piecesOf, writeWhole } from '../recording/recording-file.js'

export interface Context {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** Writes to the file of that path, without one to stdout. */
export function writeOut(content: Content, path?: string): void {
  if (path !== undefined) writeWhole(path, content)
  else for (const piece of piecesOf(content)) process.stdout.write(piece)
}

/** Exit codes: https://nodejs.org/api/process.html#exit-codes leaves 2 to us, and the contract makes it wrong usage. */
const WRONG_USAGE = 2

/** Errors of a file system that its owner can fix. */
const REFUSALS: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'])

/** One line on stderr and exit code 2 for what the user can fix; anything else that is thrown is a bug and keeps its stack. */
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
