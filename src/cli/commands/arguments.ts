// Arguments that several commands take.

import type { Command } from 'commander'
import { UserError } from '../../errors/user-error.js'

export const RUN = [
  '[run]',
  'a run folder, a folder of runs, a run id, latest, or latest~1 for the one before; the latest below .jest-profiler without one',
] as const

export function withSelection(command: Command): Command {
  return command
    .option('--file <path>', 'only this test file: its path, the end of it, a glob, or its id')
    .option('--test <name>', 'only these tests: a name, a part of one, or an id')
}

/** Of a `--top`. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new UserError(
    `jest-profiler: --top has to be a whole number from 1 on, got ${JSON.stringify(text)}. Write --top 20.`,
  )
}
