// `npx jest-profiler [Jest's arguments]`: runs and records the project's own Jest in this process, with its config as it is. Output
// and exit code are Jest's.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { DISPLAY_ROOT, LAUNCHED, UNWATCHED } from '../collect/run-link.js'
import { displayRootOf } from '../configure/display-root.js'
import { outputPattern } from '../configure/path-pattern.js'
import { type ReadConfigs, replacedConfigs } from '../jest/config.js'
import { endWithWrongUsage } from '../jest/exit-code.js'
import { unwatchedFiles } from '../jest/file-map.js'
import { findJest } from '../jest/installed-jest.js'
import { isCoreFile, isNewerThanKnown, KNOWN_VERSIONS } from '../jest/packages.js'
import { defaultReporter } from '../jest/reporters.js'
import { replaceRequired } from '../jest/required-modules.js'
import { workersStartedBy } from '../jest/workers.js'
import type { ProfilerOptions } from '../options/options.js'
import { ownFile } from '../own-files.js'
import { recordedEnvironments } from './recorded-environments.js'

interface Launch {
  /** Folder from which Jest is resolved. */
  readonly cwd: string
  readonly jestArguments: readonly string[]
  /** From flags, which override those in the project's config. */
  readonly profilerOptions: ProfilerOptions
  /** Changes the config that Jest read, before our reporter is added. */
  readonly adaptConfig?: (read: ReadConfigs) => ReadConfigs['globalConfig']
}

const REPORTER = ownFile('reporter.js')
const WORKER = ownFile('launch/worker.js')

/** Returns once Jest has started. Throws a UserError if the project has no Jest, or one that is too old. */
export async function launchJest({
  cwd,
  jestArguments,
  profilerOptions,
  adaptConfig = ({ globalConfig }) => globalConfig,
}: Launch): Promise<void> {
  const { script, version } = findJest(cwd, REPORTER)
  // Merged with those in the project's config once it has been read.
  let options = profilerOptions
  let isRead = false
  replaceRequired([
    replacedConfigs({
      whenReading() {
        isRead = true
      },
      whenFailed: endWithWrongUsage,
      replaceConfigs(read, core) {
        const adapted = { ...read, globalConfig: adaptConfig(read) }
        const profiled = profiledConfig(adapted, {
          reporter: REPORTER,
          options: profilerOptions,
          defaultReporter: () => defaultReporter(core, process.env),
        })
        options = profiled.options
        return profiled.read
      },
    }),
    unwatchedFiles(() => {
      Object.assign(options, { [UNWATCHED]: true })
      return outputPattern(options.outputDir)
    }),
    recordedEnvironments(),
    ...workersStartedBy(WORKER),
  ])
  const require = createRequire(script)
  process.once('exit', () => {
    if (!isRead && mayHaveRun(version, require.cache)) process.stderr.write(unknownConfigs(version))
  })
  process.argv.splice(1, process.argv.length, script, ...jestArguments)
  require(script)
}

/** Whether Jest may have done more than print its help or version. */
function mayHaveRun(version: string, loaded: NodeJS.Dict<unknown>): boolean {
  return isNewerThanKnown(version) || Object.keys(loaded).some(isCoreFile)
}

function unknownConfigs(version: string): string {
  return (
    `jest-profiler: nothing was recorded, because Jest ${version} reads its config differently from Jest ${KNOWN_VERSIONS}. ` +
    'Look for a newer jest-profiler, or wrap the config with withProfiler(config).\n'
  )
}

/** As normalized by Jest. */
type ReporterEntry = [path: string, options?: object]

export interface Profiling {
  readonly reporter: string
  readonly options: ProfilerOptions
  /** The default reporter of this version of Jest. */
  readonly defaultReporter: () => string
}

/** Adds our reporter, or merges options into those that the config has for it. Returns the merged options, too. */
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
