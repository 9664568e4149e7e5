// The project's configs as Jest has read them, with our reporter added. Nothing changes that Jest's transform cache depends on: a
// profiled run finds what plain ones have left there.

import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DISPLAY_ROOT, LAUNCHED } from '../collect/run-link.js'
import { displayRootOf } from '../configure/display-root.js'
import type { ReadConfigs } from '../jest/config.js'
import type { ProfilerOptions } from '../options/options.js'

/** As Jest's normalization leaves them. */
type ReporterEntry = [path: string, options?: object]

export interface Profiling {
  /** Path of our reporter. */
  readonly reporter: string
  readonly options: ProfilerOptions
  /** The reporter that this Jest takes when a config names none. */
  readonly defaultReporter: () => string
}

/** A config that already has our reporter keeps it, with the options that `options` does not override. Returns the merged options, too. */
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

/** Whether it is our reporter, perhaps of another copy of this package. */
function isOurs(path: string): boolean {
  if (basename(path) !== 'reporter.js') return false
  try {
    const manifest = join(dirname(path), '../package.json')
    return JSON.parse(readFileSync(manifest, 'utf8')).name === 'jest-profiler'
  } catch {
    // The project's own reporter.js.
    return false
  }
}
