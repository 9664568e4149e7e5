// What a command may know of the world, and where its output goes.

import { UserError } from '../errors/user-error.js'
import { type Content, piecesOf } from '../recording/recording-file.js'

export interface Context {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

export function writeOut(content: Content): void {
  for (const piece of piecesOf(content)) process.stdout.write(piece)
}

/** Exit codes: https://nodejs.org/api/process.html#exit-codes leaves 2 to us, and the contract makes it wrong usage. */
const WRONG_USAGE = 2

/** What a file system refuses, and its owner can mend. */
const REFUSALS: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'])

/** One line on stderr and exit code 2 for what the user can mend; what else is thrown is a bug and keeps its stack. */
export async function reportingErrors(action: () => void | Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    process.stderr.write(`${mendable(error)}\n`)
    process.exitCode = WRONG_USAGE
  }
}

/** What to tell the user; throws the error itself where there is nothing to mend. */
function mendable(error: unknown): string {
  if (error instanceof UserError) return error.message
  const { code = '', message } = error as NodeJS.ErrnoException
  if (REFUSALS.has(code)) return `jest-profiler: ${message}. Mend that, and try again.`
  throw error
}
