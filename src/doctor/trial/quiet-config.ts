// Jest's config for runs of the doctor: nothing is written but to a folder of its own.

import { join } from 'node:path'
import type { Config } from '@jest/types'
import { BUILT_IN_REPORTER_NAMES } from '../../jest/reporters.js'
import { ownFile } from '../../own-files.js'

/** The project's own reporters do not run, because they may write. `scratch`: where coverage is written. */
export function quietConfig(globalConfig: Config.GlobalConfig, scratch: string): Config.GlobalConfig {
  const reporters = (globalConfig.reporters ?? [['default', {}]]).filter(([name]) =>
    BUILT_IN_REPORTER_NAMES.has(name),
  )
  const quiet: Partial<Config.GlobalConfig> = {
    reporters,
    updateSnapshot: 'none',
    ci: true,
    coverageDirectory: join(scratch, 'coverage'),
    coverageReporters: ['json'],
    watch: false,
    watchAll: false,
    notify: false,
    bail: 0,
    json: false,
  }
  const changed = { ...globalConfig, ...quiet }
  delete changed.outputFile
  delete changed.coverageThreshold
  return changed
}

/** With the reporter that writes the results of the trial. */
export function withResults(globalConfig: Config.GlobalConfig): Config.GlobalConfig {
  return {
    ...globalConfig,
    reporters: [...(globalConfig.reporters ?? []), [ownFile('results-reporter.js'), {}]],
  }
}
