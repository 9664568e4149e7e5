// The environment that a test file's docblock names, read with the user's own jest-docblock.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-docblock/src/index.ts
// With another layout no environment is found, and a missing recording is explained by the config alone.

import { readFileSync } from 'node:fs'
import { type JestLocation, tryRequireJest } from './packages.js'

interface DocblockReading {
  extract?(source: string): string
  parse?(docblock: string): Record<string, string | string[]>
}

/** Undefined: the file names none, or is gone by now. */
export function docblockEnvironment(testPath: string, location: JestLocation): string | undefined {
  const { extract, parse } = tryRequireJest<DocblockReading>(location, 'jest-docblock') ?? {}
  if (typeof extract !== 'function' || typeof parse !== 'function') return undefined
  let source: string
  try {
    source = readFileSync(testPath, 'utf8')
  } catch {
    return undefined
  }
  const pragma = parse(extract(source))['jest-environment']
  return Array.isArray(pragma) ? pragma[0] : pragma
}
