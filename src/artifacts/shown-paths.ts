// The report's paths as a person in some folder can open them.

import { isAbsolute, relative, resolve } from 'node:path'

/** URLs and built-ins stay what they are. */
export function pathShower(displayRoot: string, cwd: string): (path: string) => string {
  return path => {
    // Code made at run time, and Node's, lies in no file.
    if (path === '' || /^[a-z][\w+.-]+:/i.test(path)) return path
    const shown = relative(cwd, resolve(displayRoot, path))
    return process.platform === 'win32' ? shown.replaceAll('\\', '/') : shown
  }
}

/** An absolute path from the working directory; as it is where it lies elsewhere. */
export function fromHere(path: string, cwd: string): string {
  const shown = relative(cwd, path)
  return shown.startsWith('..') || isAbsolute(shown) ? path : shown
}
