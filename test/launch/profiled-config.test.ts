import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { DISPLAY_ROOT, LAUNCHED } from '../../src/collect/run-link.js'
import type { ReadConfigs } from '../../src/jest/config.js'
import { type Profiling, profiledConfig } from '../../src/launch/launch-jest.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const OURS = '/package/build/reporter.js'
/** Options that tell the reporter how it was started. */
const MARKS = { [LAUNCHED]: true, [DISPLAY_ROOT]: '/project' }

function profiled(globalConfig: object, profiling: Partial<Profiling> = {}) {
  const configs = [Object.freeze({ id: 'a', rootDir: '/project/app', watchPathIgnorePatterns: ['/theirs/'] })]
  const read = {
    globalConfig: Object.freeze({ rootDir: '/project', ...globalConfig }),
    configs,
    hasDeprecationWarnings: false,
  }
  return profiledConfig(read as unknown as ReadConfigs, {
    reporter: OURS,
    options: {},
    defaultReporter: () => 'default',
    ...profiling,
  })
}

const reportersOf = (...given: Parameters<typeof profiled>) => profiled(...given).read.globalConfig.reporters

/** The path of a reporter.js in a package with the given name. */
function reporterOf(name: string): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'build'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name }))
  return join(folder, 'build/reporter.js')
}

describe('profiledConfig', () => {
  test('appends the profiler’s reporter to those of the config, and leaves the rest unchanged', () => {
    const theirs = ['/their/reporter.js', { verbose: true }]
    const { read } = profiled({ reporters: [theirs], watch: true }, { options: { topN: 3 } })
    expect(read).toEqual({
      globalConfig: {
        reporters: [theirs, [OURS, { topN: 3, ...MARKS }]],
        ...{ rootDir: '/project', watch: true },
      },
      configs: [{ id: 'a', rootDir: '/project/app', watchPathIgnorePatterns: ['/theirs/'] }],
      hasDeprecationWarnings: false,
    })
    expect(Object.isFrozen(read.globalConfig)).toBe(true)
  })

  test('keeps Jest’s default reporter when the config has none', () => {
    expect(reportersOf({})).toEqual([
      ['default', {}],
      [OURS, MARKS],
    ])
    expect(reportersOf({}, { defaultReporter: () => 'agent' })?.[0]).toEqual(['agent', {}])
  })

  test('merges flags into the options of a configured reporter of the profiler, of any copy', () => {
    const other = reporterOf('jest-profiler')
    const given = { reporters: [[other, { topN: 5, keepRuns: 2 }]] }
    expect(reportersOf(given, { options: { topN: 3 } })).toEqual([
      [other, { topN: 3, keepRuns: 2, ...MARKS }],
    ])
  })

  test('does not mistake another package’s reporter.js for the profiler’s', () => {
    const other = reporterOf('another')
    expect(reportersOf({ reporters: [[other, {}]] })).toEqual([
      [other, {}],
      [OURS, MARKS],
    ])
  })

  test('returns the options of the run', () => {
    const reporters = [[reporterOf('jest-profiler'), { outputDir: 'profiles', topN: 5 }]]
    expect(profiled({ reporters }, { options: { topN: 3 } }).options).toMatchObject({
      ...{ outputDir: 'profiles', topN: 3 },
    })
  })
})
