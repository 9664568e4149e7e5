// Matches names with a budget's patterns in bounded time: a downloaded run brings its own patterns, and a regular
// expression may take exponential time for one name.

import { runInNewContext } from 'node:vm'

// Captured before a test that runs in band can replace it.
const now = performance.now.bind(performance)

/** Returns the names that the pattern matches; undefined if the time limit was reached. */
export type NameMatcher = (pattern: RegExp, names: Iterable<string>) => ReadonlySet<string> | undefined

/** `longest`: milliseconds for all calls together. The default is 100 times what usual patterns take for 10,000 names. */
export function nameMatcher(longest = 10_000): NameMatcher {
  let left = longest
  return (pattern, names) => {
    const before = now()
    try {
      // With a timeout, V8 can interrupt a match between two steps.
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
