// Which part of a suite a run was asked for: figures of a part say nothing about the whole.

import type { Config } from '@jest/types'
import { type PatternedConfig, testPathPatterns } from '../jest/config.js'

type RunSelection = Pick<
  Config.GlobalConfig,
  'changedSince' | 'findRelatedTests' | 'onlyChanged' | 'onlyFailures' | 'testNamePattern'
> &
  PatternedConfig & {
    readonly filter?: string
  }

/** Arguments as on a command line; empty: the whole suite. A shard is a whole of its own, and `--selectProjects` selects whole projects. */
export function partOfSuite(config: RunSelection): string[] {
  const { changedSince, findRelatedTests, onlyChanged, onlyFailures, testNamePattern, filter } = config
  return [
    ...(findRelatedTests ? ['--findRelatedTests'] : []),
    ...testPathPatterns(config),
    ...(onlyChanged ? ['--onlyChanged'] : []),
    ...(changedSince === undefined ? [] : [`--changedSince ${changedSince}`]),
    ...(onlyFailures ? ['--onlyFailures'] : []),
    ...(filter === undefined ? [] : ['--filter']),
    ...(testNamePattern === undefined || testNamePattern === ''
      ? []
      : [`-t ${JSON.stringify(testNamePattern)}`]),
  ]
}
