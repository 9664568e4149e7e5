// Adds our reporter to the project's configs, after Jest has read them. What Jest's transform cache depends on does not change:
// profiled and plain runs share the cache.

import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DISPLAY_ROOT, LAUNCHED } from '../collect/run-link.js'
import { displayRootOf } from '../configure/display-root.js'
import type { ReadConfigs } from '../jest/config.js'
import type { ProfilerOptions } from '../options/options.js'

/** As normalized by Jest. */
type ReporterEntry = [path: string, options?: object]

export interface Profiling {
  /** Path of our reporter. */
  readonly reporter: string
  readonly options: ProfilerOptions
  /** The default reporter of this version of Jest. */
  readonly defaultReporter: () => string
}

/**
 * A config that already has our reporter keeps it, with its options unless `options` overrides them. The merged options are
 * returned, too.
 */
export function profiledConfig<Read extends ReadConfigs>(
  read: Read,
  { reporter, options, defaultReporter }: Profiling,
): { read: Read; options: ProfilerOptions } {
  const { globalConfig } = read
  const given = (globalConfig.reporters ?? [[defaultReporter(), {}]]) as ReporterEntry[]
  const known = given.find(([path]) => isOurs(path))
  const roots = [globalConfig.rootDir, ...read.configs.map(({ rootDir }) => rootDir)]
  const marks = { [LAUNCHED]: true, [DISPLAY_ROOT]: displayRootOf(roots) }
  const merged: ProfilerOptions = { ...known?.[1], ...options, ...marks }
  const own: ReporterEntry = [known?.[0] ?? reporter, merged]
  const reporters =
    known === undefined ? [...given, own] : given.map(entry => (entry === known ? own : entry))
  return { read: { ...read, globalConfig: Object.freeze({ ...globalConfig, reporters }) }, options: merged }
}

/** Whether it is our reporter, possibly of another copy of this package. */
function isOurs(path: string): boolean {
  if (basename(path) !== 'reporter.js') return false
  try {
    const manifest = join(dirname(path), '../package.json')
    return JSON.parse(readFileSync(manifest, 'utf8')).name === 'jest-profiler'
  } catch {
    // It is a reporter.js of the project.
    return false
  }
}
