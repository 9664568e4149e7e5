// What Jest has read of the project's config, with our reporter in it. Nothing that Jest's transform cache depends on
// is changed: a profiled run finds what plain ones have left there.

import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Config } from '@jest/types'
import { DISPLAY_ROOT, LAUNCHED } from '../collect/run-link.js'
import { displayRootOf } from '../configure/display-root.js'
import type { ProfilerOptions } from '../options/options.js'

/** As Jest's own normalization leaves them. */
type ReporterEntry = [path: string, options?: object]

/** What `readConfigs` of jest-config returns. */
export interface ReadConfigs {
  readonly globalConfig: Config.GlobalConfig
  readonly configs: Config.ProjectConfig[]
}

export interface Profiling {
  /** Path of our reporter. */
  readonly reporter: string
  readonly options: ProfilerOptions
  /** The reporter that this Jest takes when a config names none. */
  readonly defaultReporter: () => string
}

/** A config that has our reporter already keeps it, and the options that nobody overrides; those are told, too. */
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

/** Also of another copy of this package. */
function isOurs(path: string): boolean {
  if (basename(path) !== 'reporter.js') return false
  try {
    const manifest = join(dirname(path), '../package.json')
    return JSON.parse(readFileSync(manifest, 'utf8')).name === 'jest-profiler'
  } catch {
    // Somebody's own reporter.js.
    return false
  }
}
