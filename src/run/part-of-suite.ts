// Which part of a suite a run is about, as it was asked for: figures of a part say nothing of the whole.

import type { Config } from '@jest/types'

type Asked = Pick<
  Config.GlobalConfig,
  'changedSince' | 'findRelatedTests' | 'nonFlagArgs' | 'onlyChanged' | 'onlyFailures' | 'testNamePattern'
> & {
  /** Jest 29; from 30 on they are an object. */
  readonly testPathPattern?: string
  readonly testPathPatterns?: { readonly patterns?: readonly string[] }
  readonly filter?: string
}

/** As on a command line; empty: all of it. A shard is a whole of its own, and `--selectProjects` chooses no tests of a project. */
export function partOfSuite(config: Asked): string[] {
  const { changedSince, findRelatedTests, onlyChanged, onlyFailures, testNamePattern, filter } = config
  const patterns = config.testPathPatterns?.patterns ?? []
  const paths = [
    ...new Set([...(config.nonFlagArgs ?? []), ...patterns, config.testPathPattern ?? '']),
  ].filter(pattern => pattern !== '')
  return [
    ...(findRelatedTests ? ['--findRelatedTests'] : []),
    ...paths,
    ...(onlyChanged ? ['--onlyChanged'] : []),
    ...(changedSince === undefined ? [] : [`--changedSince ${changedSince}`]),
    ...(onlyFailures ? ['--onlyFailures'] : []),
    ...(filter === undefined ? [] : ['--filter']),
    ...(testNamePattern === undefined || testNamePattern === ''
      ? []
      : [`-t ${JSON.stringify(testNamePattern)}`]),
  ]
}
