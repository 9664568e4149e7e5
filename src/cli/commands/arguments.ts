// Arguments that several commands take.

import type { Command } from 'commander'
import { UserError } from '../../errors/user-error.js'

export const RUN = [
  '[run]',
  'a run folder, a folder of runs, a run id, latest, or latest~1 for the one before (default: the latest in .jest-profiler)',
] as const

export function withSelection(command: Command): Command {
  return command
    .option('--file <path>', 'only this test file: its path, the end of its path, a glob, or its id')
    .option('--test <name>', 'only these tests: a name, a part of a name, or an id')
}

/** Parses the value of `--top`. */
export function parseTop(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new UserError(
    `jest-profiler: --top must be a positive integer, got ${JSON.stringify(text)}. Write --top 20.`,
  )
}
