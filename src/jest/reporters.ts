// Jest's own reporters (@jest/reporters): their classes, and which of them runs where a config names none.
//
// Known: 29.7 and 30.0 to 30.5; from 30.3 on there is a reporter for coding agents.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-reporters/src/index.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-core/src/TestScheduler.ts
// With another layout their classes are not found: their times are unknown, and the run says so.

import { createRequire } from 'node:module'
import { isAgentOfJest } from './agents.js'

/** Returns the reporter that Jest uses if a config names none; `core` is the path of a file of the user's `@jest/core`. */
export function defaultReporter(core: string, env: NodeJS.ProcessEnv): 'agent' | 'default' {
  if (!isAgentOfJest(env)) return 'default'
  const reporters: object = createRequire(core)('@jest/reporters')
  return 'AgentReporter' in reporters ? 'agent' : 'default'
}

const INDEX = /[\\/]@jest[\\/]reporters[\\/]build[\\/]index\.js$/

export const BUILT_IN_REPORTERS = ['DefaultReporter', 'VerboseReporter', 'SummaryReporter', 'NotifyReporter']
/** Names under which a config can ask for those that print. */
export const BUILT_IN_REPORTER_NAMES: ReadonlySet<string> = new Set([
  'default',
  'verbose',
  'summary',
  'agent',
])
export const COVERAGE_REPORTER = 'CoverageReporter'

/** Modules that Node has loaded by path, as in `require.cache`. */
export type LoadedByNode = Readonly<Record<string, { readonly exports: unknown } | undefined>>

/** Returns the exports of each loaded `@jest/reporters`, because Jest does not expose its reporters. */
export function loadedReporters(loaded: LoadedByNode): Record<string, unknown>[] {
  const paths = Object.keys(loaded).filter(path => INDEX.test(path))
  return paths.map(path => loaded[path]?.exports as Record<string, unknown>)
}
