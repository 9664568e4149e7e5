// The `exports` of a package: which files a subpath leads to.

import { exports as filesOf } from 'resolve.exports'

/** `import` and `require`, each under Node and, as in jsdom, in a browser. */
const ASKED_BY = [false, true].flatMap(require => [
  { require, browser: false },
  { require, browser: true },
])

/** The files behind a subpath such as `./map`, whoever asks for it; none: `exports` does not let it be imported. */
export function exportedFiles(exports: unknown, subpath: string): readonly string[] {
  return ASKED_BY.flatMap(options => {
    try {
      return filesOf({ name: '', exports }, subpath, options) ?? []
    } catch {
      // It throws where there is nothing to be had.
      return []
    }
  })
}
