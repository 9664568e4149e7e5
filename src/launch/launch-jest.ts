// `npx jest-profiler [Jest's arguments]`: runs and records the project's own Jest in this process, with its config as it is. Output
// and exit code are Jest's.

import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { UNWATCHED } from '../collect/run-link.js'
import { outputPattern } from '../configure/path-pattern.js'
import { replacedConfigs } from '../jest/config.js'
import { endWithWrongUsage } from '../jest/exit-code.js'
import { unwatchedFiles } from '../jest/file-map.js'
import { findJest } from '../jest/installed-jest.js'
import { isCoreFile, isNewerThanKnown, KNOWN_VERSIONS } from '../jest/packages.js'
import { defaultReporter } from '../jest/reporters.js'
import { replaceRequired } from '../jest/required-modules.js'
import { workersStartedBy } from '../jest/workers.js'
import type { ProfilerOptions } from '../options/options.js'
import { profiledConfig } from './profiled-config.js'
import { recordedEnvironments } from './recorded-environments.js'

interface Launch {
  /** Folder from which Jest is resolved. */
  readonly cwd: string
  readonly jestArguments: readonly string[]
  /** From flags, which override those in the project's config. */
  readonly profilerOptions: ProfilerOptions
}

const OWN_FILE = fileURLToPath(import.meta.url)
const REPORTER = fileURLToPath(new URL('../reporter.js', import.meta.url))
const WORKER = fileURLToPath(new URL('worker.js', import.meta.url))

/** Returns once Jest has started. Throws a UserError if the project has no Jest, or one that is too old. */
export async function launchJest({ cwd, jestArguments, profilerOptions }: Launch): Promise<void> {
  const { script, version } = findJest(cwd, OWN_FILE)
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
        const profiled = profiledConfig(read, {
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
    `jest-profiler: nothing was recorded, because Jest ${version} reads its config in another way than Jest ${KNOWN_VERSIONS}. ` +
    'Look for a newer jest-profiler, or wrap the config with withProfiler(config).\n'
  )
}
