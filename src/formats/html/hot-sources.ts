// Texts of the hottest source files, whose time the page shows line by line.

import { at, increase } from '../../profile/columns.js'
import { isOwnCode } from '../../profile/own-code.js'
import type { Microseconds, Profile } from '../../profile/profile.js'

/** Files of the project's own code. */
const MOST_FILES = 60
/** Characters. Larger files are generated, or too long to read in a page. */
const LARGEST = 300_000

export function hotSources(
  { frames, lines }: Profile,
  { displayRoot, readSource }: { displayRoot: string; readSource: (path: string) => string | undefined },
): Record<string, string> {
  const weights = new Map<string, Microseconds>()
  lines.frame.forEach((index, row) => {
    const { file, category, generated } = at(frames, index)
    // Positions in transformed code do not match the original text.
    if (isOwnCode({ category }) && !generated) increase(weights, file, at(lines.weight, row))
  })
  const hottest = [...weights].toSorted(([, a], [, b]) => b - a).slice(0, MOST_FILES)
  const prefix = `${displayRoot.replace(/\/$/, '')}/`
  // Not by assignment, because a file may be called `__proto__`.
  return Object.fromEntries(
    hottest.flatMap(([file]) => {
      const text = file.startsWith(prefix) ? readSource(file) : undefined
      return text !== undefined && text.length <= LARGEST ? [[file.slice(prefix.length), text]] : []
    }),
  )
}
