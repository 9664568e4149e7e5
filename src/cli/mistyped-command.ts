// A first word that is nearly one of our commands, and by which Jest would find no test, was meant for us. Whatever may be a pattern
// goes to Jest.

import leven from 'leven'
import { UserError } from '../errors/user-error.js'

/** With these arguments, tests may be in any folder. */
const ELSEWHERE = /^(-c|--(config|projects|rootDir|roots)(=.*)?)$/

/** Throws a UserError for such a word; `args`: what Jest would get. */
export async function refuseMistyped(
  args: readonly string[],
  { cwd, commands }: { cwd: string; commands: readonly string[] },
): Promise<void> {
  const [word = ''] = args
  if (args.some(argument => ELSEWHERE.test(argument))) return
  const meant = commands.find(command => isNearly(word, command))
  if (meant === undefined || (await mayBePattern(word, cwd))) return
  throw new UserError(
    `jest-profiler: there is no command ${word}, and no file with that in its path. Did you mean ${meant}? ` +
      `To pass it to Jest as a pattern, put it after --: \`npx jest-profiler -- ${word}\`.`,
  )
}

/** By one letter, or by letters that changed places. */
function isNearly(word: string, command: string): boolean {
  const typed = word.toLowerCase()
  const distance = leven(typed, command)
  return distance === 1 || (distance === 2 && sortedLetters(typed) === sortedLetters(command))
}

function sortedLetters(word: string): string {
  return [...word].toSorted().join('')
}

/** Jest looks for it in whole paths, in any case. */
async function mayBePattern(word: string, cwd: string): Promise<boolean> {
  if (!/^[a-z]+$/i.test(word) || cwd.toLowerCase().includes(word.toLowerCase())) return true
  // Loaded only now: runs of Jest need not wait for it.
  const { glob } = await import('tinyglobby')
  const found = await glob(`**/*${word}*`, {
    cwd,
    onlyFiles: false,
    caseSensitiveMatch: false,
    expandDirectories: false,
    ignore: ['**/node_modules/**'],
  })
  return found.length > 0
}
