// Which arguments of the command line are Jest's. A flag that is neither ours nor a misspelt one of ours goes to Jest.

import { findNearest } from '../errors/nearest.js'
import { UserError } from '../errors/user-error.js'

export interface OwnArguments {
  /** Arguments after `--`; undefined without one. */
  readonly behind: readonly string[] | undefined
  /** Ours, such as `--top-n`. */
  readonly ownFlags: readonly string[]
}

/** `unknown`: arguments before `--` that are not ours. Throws a UserError for a flag that was meant to be ours. */
export function selectJestArguments(
  unknown: readonly string[],
  { behind, ownFlags }: OwnArguments,
): string[] {
  for (const argument of unknown) {
    const [flag = ''] = argument.split('=')
    if (!flag.startsWith('--')) continue
    if (ownFlags.includes(flag))
      throw new UserError(
        `jest-profiler: ${flag} takes no value, got ${JSON.stringify(argument)}. Write ${flag}, or --no-${flag.replace(/^--(no-)?/, '')}.`,
      )
    const [meant] = meantFlags(flag, ownFlags)
    if (meant !== undefined)
      throw new UserError(`jest-profiler: there is no flag ${flag}. Did you mean ${meant}?`)
    if (behind !== undefined)
      throw new UserError(
        `jest-profiler: there is no flag ${flag}. Put flags of Jest after --; ours are in \`npx jest-profiler --help\`.`,
      )
  }
  return [...unknown, ...(behind ?? [])]
}

/** Letters that may be wrong in a flag of ours: with more, flags of Jest would be refused, such as `--watch` for `--waits`. */
const MOST_WRONG = 2

function meantFlags(flag: string, ownFlags: readonly string[]): string[] {
  const bare = (name: string) => name.replaceAll('-', '').toLowerCase()
  const sameLetters = ownFlags.filter(name => bare(name) === bare(flag))
  return sameLetters.length > 0 ? sameLetters : findNearest(flag, ownFlags, MOST_WRONG)
}
