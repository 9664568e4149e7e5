// Entry point of the process that profiles the suite for the doctor: as `npx jest-profiler`, but nothing is written beside the run.

import { readFileSync } from 'node:fs'
import { launchJest } from '../../launch/launch-jest.js'
import { startTrial } from './current-trial.js'
import { quietConfig, withResults } from './quiet-config.js'
import type { ProfileSpec } from './trial-spec.js'

const [, , specPath = ''] = process.argv
const spec: ProfileSpec = JSON.parse(readFileSync(specPath, 'utf8'))
const { cwd, jestArguments, outputDir, scratch } = spec
await launchJest({
  cwd,
  jestArguments,
  profilerOptions: { outputDir, waits: true, budgets: [] },
  adaptConfig(read) {
    startTrial({ spec, read })
    return withResults(quietConfig(read.globalConfig, scratch))
  },
})
