// Paths of the report, relative to the working directory.

import { isAbsolute, relative, resolve } from 'node:path'

/** Returns a function that converts paths; URLs and built-ins do not change. */
export function pathShower(displayRoot: string, cwd: string): (path: string) => string {
  return path => {
    // Generated code and Node's modules have no file.
    if (path === '' || /^[a-z][\w+.-]+:/i.test(path)) return path
    const shown = relative(cwd, resolve(displayRoot, path))
    return process.platform === 'win32' ? shown.replaceAll('\\', '/') : shown
  }
}

/** Returns an absolute path relative to the working directory, or unchanged if it is elsewhere. */
export function fromHere(path: string, cwd: string): string {
  const shown = relative(cwd, path)
  return shown.startsWith('..') || isAbsolute(shown) ? path : shown
}
