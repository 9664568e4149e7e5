// The texts of source files that a page is to show. Which ones is said by recordings, and those may come from anywhere:
// nothing else of the machine may get into a page that is then passed on.

import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { extname, sep } from 'node:path'

/** Bytes; larger ones are shown without their text anyway. */
const LARGEST = 2 * 1024 * 1024

/** What is written in languages that tests run in: no keys, and no settings. */
const CODE =
  /^\.(?:[cm]?[jt]sx?|es6?|vue|svelte|astro|mdx|coffee|litcoffee|civet|imba|ls|res|re|ml|elm|marko)$/i

/**
 * Absolute path → text. Undefined for what does not really lie in `displayRoot`, for what is no code, and for a file that is
 * gone or cannot be read: it is shown without its text.
 */
export function sourceReader(displayRoot: string): (path: string) => string | undefined {
  return path => {
    try {
      if (!CODE.test(extname(path)) || !liesIn(displayRoot, path)) return undefined
      const { size } = lstatSync(path)
      return size <= LARGEST ? readFileSync(path, 'utf8') : undefined
    } catch {
      return undefined
    }
  }
}

/** Neither by `..` nor by a link anywhere else; and a file, for a pipe never ends. */
function liesIn(displayRoot: string, path: string): boolean {
  const folder = realpathSync(displayRoot)
  const prefix = folder.endsWith(sep) ? folder : folder + sep
  return lstatSync(path).isFile() && realpathSync(path).startsWith(prefix)
}
