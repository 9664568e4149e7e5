// Entry point of the process that profiles the suite for the doctor: as `npx jest-profiler`, but nothing is written beside the run.

import { readFileSync } from 'node:fs'
import { launchJest } from '../../launch/launch-jest.js'
import { quietConfig } from './quiet-config.js'
import type { ProfileSpec } from './trial-spec.js'

const [, , specPath = ''] = process.argv
const { cwd, jestArguments, outputDir, scratch }: ProfileSpec = JSON.parse(readFileSync(specPath, 'utf8'))
await launchJest({
  cwd,
  jestArguments,
  profilerOptions: { outputDir, waits: true, budgets: [] },
  adaptConfig: globalConfig => quietConfig(globalConfig, scratch),
})
