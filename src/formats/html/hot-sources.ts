// The hottest source files: the page shows their time line by line.

import { at } from '../../profile/columns.js'
import { isOwnCode } from '../../profile/own-code.js'
import type { Microseconds, Profile } from '../../profile/profile.js'

/** Files of the project's own code; libraries are looked up where they are published. */
const MOST_FILES = 60
/** Characters; a larger file is generated, or nobody reads it in a page. */
const LARGEST = 300_000

export function hotSources(
  { frames, lines }: Profile,
  { displayRoot, readSource }: { displayRoot: string; readSource: (path: string) => string | undefined },
): Record<string, string> {
  const weights = new Map<string, Microseconds>()
  lines.frame.forEach((index, row) => {
    const { file, category, generated } = at(frames, index)
    // Beside positions in transformed code the original text would be wrong.
    if (!isOwnCode({ category }) || generated) return
    weights.set(file, (weights.get(file) ?? 0) + at(lines.weight, row))
  })
  const hottest = [...weights].toSorted(([, a], [, b]) => b - a).slice(0, MOST_FILES)
  const prefix = `${displayRoot.replace(/\/$/, '')}/`
  // By entries: a file may be called `__proto__`.
  return Object.fromEntries(
    hottest.flatMap(([file]) => {
      const text = file.startsWith(prefix) ? readSource(file) : undefined
      return text !== undefined && text.length <= LARGEST ? [[file.slice(prefix.length), text]] : []
    }),
  )
}
