// Entry point of a trial's process: runs the project's Jest as a trial says, without a profiler, and writes the results. Jest's config
// is replaced in memory.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Config } from '@jest/types'
import { type ReadConfigs, replacedConfigs } from '../../jest/config.js'
import { findJest } from '../../jest/installed-jest.js'
import { BUILT_IN_REPORTER_NAMES } from '../../jest/reporters.js'
import { replaceRequired } from '../../jest/required-modules.js'
import { ownFile } from '../../own-files.js'
import { startTrial } from './current-trial.js'
import type { TrialSpec } from './trial-spec.js'

const [, , specPath = ''] = process.argv
const spec: TrialSpec = JSON.parse(readFileSync(specPath, 'utf8'))
const { script } = findJest(spec.cwd, ownFile('cli.js'))

replaceRequired([
  replacedConfigs({
    whenReading() {},
    whenFailed() {},
    replaceConfigs(read) {
      startTrial({ spec, read })
      const configs = read.configs.map(config =>
        Object.freeze({ ...config, ...spec.projectOptions[config.id] }),
      )
      return { globalConfig: trialConfig(read), configs }
    },
  }),
])
process.argv.splice(1, process.argv.length, script, ...spec.jestArguments)
createRequire(script)(script)

/** Nothing but the trial's own folder is written, and reporters of the project, which may write, do not run. */
function trialConfig({ globalConfig }: ReadConfigs): Config.GlobalConfig {
  const own = ownFile('results-reporter.js')
  const builtIn = (globalConfig.reporters ?? [['default', {}]]).filter(([name]) =>
    BUILT_IN_REPORTER_NAMES.has(name),
  )
  return Object.freeze({
    ...globalConfig,
    reporters: [...builtIn, [own, {}]],
    testSequencer: ownFile('trial-sequencer.js'),
    updateSnapshot: 'none',
    ci: true,
    coverageDirectory: join(spec.scratch, 'coverage'),
    coverageReporters: ['json'],
    coverageThreshold: undefined,
    watch: false,
    watchAll: false,
    notify: false,
    bail: 0,
    outputFile: undefined,
    json: false,
    ...spec.globalOptions,
  } as Config.GlobalConfig)
}
