// Which names a budget's patterns match, in bounded time: a run from elsewhere brings patterns of its own, and there are
// some that take longer for one name than anybody waits.

import { runInNewContext } from 'node:vm'

// Taken before a test in band may have replaced it.
const now = performance.now.bind(performance)

/** Milliseconds for all patterns of a run: a hundred times what sound ones take for 10,000 names. */
const LONGEST = 10_000

/** Those of the names that the pattern matches; undefined: the time was up before all had been tried. */
export type NameMatcher = (pattern: RegExp, names: Iterable<string>) => ReadonlySet<string> | undefined

/** `longest`: milliseconds for all calls together. */
export function nameMatcher(longest = LONGEST): NameMatcher {
  let left = longest
  return (pattern, names) => {
    const before = now()
    try {
      // With such a limit V8 asks between two steps of a match whether it shall go on.
      const found: string[] = runInNewContext(
        'names.filter(name => pattern.test(name))',
        { pattern, names: [...new Set(names)] },
        { timeout: Math.max(1, Math.ceil(left)) },
      )
      return new Set(found)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      return undefined
    } finally {
      left -= now() - before
    }
  }
}
