// `npx jest-profiler [Jest's arguments]`: runs the project's own Jest in this process, with its config as it is, and
// records it. Jest prints what it prints, and ends the process with the code that it ends with.

import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { ProfilerOptions } from '../options/options.js'
import { defaultReporter } from './default-reporter.js'
import { findJest } from './find-jest.js'
import { profiledConfig, type ReadConfigs } from './profiled-config.js'
import { recordedEnvironments } from './recorded-environments.js'
import { type Replacement, replaceRequired, withExport } from './required-modules.js'
import { unwatchedOutput } from './unwatched-output.js'
import { workerProcesses, workersInThreads } from './worker-processes.js'
import { endWithWrongUsage } from './wrong-usage.js'

export interface Launch {
  /** Where Jest is looked for: the working directory. */
  readonly cwd: string
  readonly jestArguments: readonly string[]
  /** The reporter's options, as flags have given them; they go before those in the project's config. */
  readonly profilerOptions: ProfilerOptions
}

const OWN_FILE = fileURLToPath(import.meta.url)
const REPORTER = fileURLToPath(new URL('../reporter.js', import.meta.url))

/** Returns once Jest is under way. Throws a UserError when the project has no Jest, or one that is too old. */
export async function launchJest({ cwd, jestArguments, profilerOptions }: Launch): Promise<void> {
  const jest = findJest(cwd, OWN_FILE)
  let options = profilerOptions
  replaceRequired([
    profiledConfigs(profilerOptions, merged => {
      options = merged
    }),
    unwatchedOutput(() => options.outputDir),
    recordedEnvironments(),
    workerProcesses,
    workersInThreads,
  ])
  process.argv.splice(1, process.argv.length, jest, ...jestArguments)
  createRequire(jest)(jest)
}

interface JestConfig {
  readConfigs(argv: { showConfig?: boolean }, ...rest: unknown[]): Promise<ReadConfigs>
}

/** `whenRead` is told the options, merged with those in the project's config. */
function profiledConfigs(options: ProfilerOptions, whenRead: (merged: ProfilerOptions) => void): Replacement {
  let isRead = false
  return {
    request: 'jest-config',
    askedBy: /[\\/]@jest[\\/]core[\\/]/,
    replace: (jestConfig: JestConfig, core) =>
      withExport(jestConfig, 'readConfigs', async (argv, ...rest) => {
        // Whoever reads configs later is another Jest, started by the project's own code.
        if (isRead) return jestConfig.readConfigs(argv, ...rest)
        isRead = true
        const read = await jestConfig.readConfigs(argv, ...rest).catch(failToLoad)
        if (argv.showConfig === true) return read
        const profiled = profiledConfig(read, {
          reporter: REPORTER,
          options,
          defaultReporter: () => defaultReporter(core, process.env),
        })
        whenRead(profiled.options)
        return profiled.read
      }),
  }
}

function failToLoad(error: unknown): never {
  endWithWrongUsage()
  throw error
}
