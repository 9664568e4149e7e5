// Selects Jest's arguments: all that are neither ours nor misspelt ones of ours.

import leven from 'leven'
import { findNearest } from '../errors/nearest.js'
import { UserError } from '../errors/user-error.js'
import { findByGlob } from '../globs.js'

/** `unknown`: arguments before `--` that are not ours; `behind`: those after it. Throws a UserError for a misspelt flag of ours. */
export function selectJestArguments(
  unknown: readonly string[],
  { behind, ownFlags }: { behind: readonly string[] | undefined; ownFlags: readonly string[] },
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
      throw new UserError(`jest-profiler: unknown flag ${flag}. Did you mean ${meant}?`)
    if (behind !== undefined)
      throw new UserError(
        `jest-profiler: unknown flag ${flag}. Put Jest's flags after --; jest-profiler's own are in \`npx jest-profiler --help\`.`,
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

/** Arguments with which tests may be in any folder. */
const ELSEWHERE = /^(-c|--(config|projects|rootDir|roots)(=.*)?)$/

/** Throws a UserError if the first argument of Jest nearly is one of our commands, and is no pattern that matches a path. */
export function refuseMistyped(
  args: readonly string[],
  { cwd, commands }: { cwd: string; commands: readonly string[] },
): void {
  const [word = ''] = args
  if (args.some(argument => ELSEWHERE.test(argument))) return
  const meant = commands.find(command => isNearly(word, command))
  if (meant === undefined || mayBePattern(word, cwd)) return
  throw new UserError(
    `jest-profiler: unknown command ${word}, and no file path contains it. Did you mean ${meant}? ` +
      `To use it as a pattern for Jest, put it after --: \`npx jest-profiler -- ${word}\`.`,
  )
}

/** Whether two words differ by a letter, or by two transposed ones. */
function isNearly(word: string, command: string): boolean {
  const typed = word.toLowerCase()
  const distance = leven(typed, command)
  const sorted = (letters: string) => [...letters].toSorted().join('')
  return distance === 1 || (distance === 2 && sorted(typed) === sorted(command))
}

/** Whether a word may match a path, as Jest matches: anywhere in the absolute path, case-insensitively. */
function mayBePattern(word: string, cwd: string): boolean {
  if (!/^[a-z]+$/i.test(word) || cwd.toLowerCase().includes(word.toLowerCase())) return true
  const found = findByGlob(`**/*${word}*`, {
    cwd,
    onlyFiles: false,
    caseSensitiveMatch: false,
    ignore: ['**/node_modules/**'],
  })
  return found.length > 0
}
