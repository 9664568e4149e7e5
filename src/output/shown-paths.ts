// The report's paths as a person in some folder can open them.

import { relative, resolve } from 'node:path'

/** URLs and built-ins stay what they are. */
export function pathShower(rootDir: string, cwd: string): (path: string) => string {
  return path => {
    if (/^[a-z][\w+.-]+:/i.test(path)) return path
    const shown = relative(cwd, resolve(rootDir, path))
    return process.platform === 'win32' ? shown.replaceAll('\\', '/') : shown
  }
}
