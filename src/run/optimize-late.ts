// Makes V8 optimize our code later. On Node 20 it begins so early that most of what it compiles for the reporter is never paid back,
// and half of it is thrown away when later data has other types: some 700 functions in a run of 120 test files.

import { setFlagsFromString } from 'node:v8'
import type { Config } from '@jest/types'

/** Bytes of bytecode that a function runs before it is optimized; by default 67,584. From 300,000 on the gain is the same. */
const BUDGET = 600_000

/**
 * Call in a process that runs no tests, or no more of them, because it holds for all of the process; a watching Jest runs more. Does
 * nothing from Node 22 on, where V8 waits longer by itself and has no such flag.
 */
export function optimizeLate({ watch, watchAll }: Pick<Config.GlobalConfig, 'watch' | 'watchAll'>): void {
  const isKnown = process.versions.v8.startsWith('11.')
  if (isKnown && !watch && !watchAll) setFlagsFromString(`--interrupt-budget=${BUDGET}`)
}
