// Entry point of a trial's process: runs the project's Jest as a trial says, without a profiler, and writes the results. Jest's config
// is replaced in memory.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type ReadConfigs, replacedConfigs } from '../../jest/config.js'
import { replacedEnvironments } from '../../jest/environment-loading.js'
import { findJest } from '../../jest/installed-jest.js'
import { replaceRequired } from '../../jest/required-modules.js'
import { workersStartedBy } from '../../jest/workers.js'
import { ownFile } from '../../own-files.js'
import { startTrial } from './current-trial.js'
import { timedEnvironment } from './noted-files.js'
import { quietConfig, withResults } from './quiet-config.js'
import type { TrialSpec } from './trial-spec.js'

const [, , specPath = ''] = process.argv
const spec: TrialSpec = JSON.parse(readFileSync(specPath, 'utf8'))
const { script } = findJest(spec.cwd, ownFile('cli.js'))

replaceRequired([
  ...workersStartedBy(ownFile('trial-worker.js'), [spec.scratch]),
  replacedEnvironments(async environment => timedEnvironment(environment, spec.scratch)),
  replacedConfigs({
    whenReading() {},
    whenFailed() {},
    replaceConfigs(read) {
      startTrial({ spec, read })
      return trialConfigs(read)
    },
  }),
])
process.argv.splice(1, process.argv.length, script, ...spec.jestArguments)
createRequire(script)(script)

function trialConfigs(read: ReadConfigs): ReadConfigs {
  const quiet = withResults(quietConfig(read.globalConfig, spec.scratch))
  const own = { testSequencer: ownFile('trial-sequencer.js') }
  return {
    globalConfig: Object.freeze(Object.assign(quiet, own, spec.globalOptions)),
    configs: read.configs.map(config => Object.freeze({ ...config, ...spec.projectOptions[config.id] })),
  }
}
