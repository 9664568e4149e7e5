import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { LAUNCHED } from '../../src/collect/run-link.js'
import { type Profiling, profiledConfig, type ReadConfigs } from '../../src/launch/profiled-config.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const OURS = '/package/build/reporter.js'

function profiled(globalConfig: object, profiling: Partial<Profiling> = {}) {
  const configs = [Object.freeze({ id: 'a', watchPathIgnorePatterns: ['/theirs/'] })]
  const read = { globalConfig: Object.freeze(globalConfig), configs, hasDeprecationWarnings: false }
  return profiledConfig(read as unknown as ReadConfigs, {
    reporter: OURS,
    options: {},
    defaultReporter: () => 'default',
    ...profiling,
  })
}

const reportersOf = (...given: Parameters<typeof profiled>) => profiled(...given).read.globalConfig.reporters

/** A reporter.js in a package of that name. */
function reporterOf(name: string): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'build'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name }))
  return join(folder, 'build/reporter.js')
}

describe('profiledConfig', () => {
  test('appends our reporter to those of the config, and leaves all else as it is', () => {
    const theirs = ['/their/reporter.js', { verbose: true }]
    const { read } = profiled(
      { reporters: [theirs], rootDir: '/project', watch: true },
      { options: { topN: 3 } },
    )
    expect(read).toEqual({
      globalConfig: {
        reporters: [theirs, [OURS, { topN: 3, [LAUNCHED]: true }]],
        ...{ rootDir: '/project', watch: true },
      },
      configs: [{ id: 'a', watchPathIgnorePatterns: ['/theirs/'] }],
      hasDeprecationWarnings: false,
    })
    expect(Object.isFrozen(read.globalConfig)).toBe(true)
  })

  test('keeps the reporter that Jest takes without any in the config', () => {
    expect(reportersOf({})).toEqual([
      ['default', {}],
      [OURS, { [LAUNCHED]: true }],
    ])
    expect(reportersOf({}, { defaultReporter: () => 'agent' })?.[0]).toEqual(['agent', {}])
  })

  test('adds none to a config that has ours, of whichever copy: flags go before its options', () => {
    const other = reporterOf('jest-profiler')
    const given = { reporters: [[other, { topN: 5, keepRuns: 2 }]] }
    expect(reportersOf(given, { options: { topN: 3 } })).toEqual([
      [other, { topN: 3, keepRuns: 2, [LAUNCHED]: true }],
    ])
  })

  test('takes no other package’s reporter.js for ours', () => {
    const other = reporterOf('another')
    expect(reportersOf({ reporters: [[other, {}]] })).toEqual([
      [other, {}],
      [OURS, { [LAUNCHED]: true }],
    ])
  })

  test('tells the options that the run will have', () => {
    const reporters = [[reporterOf('jest-profiler'), { outputDir: 'profiles', topN: 5 }]]
    expect(profiled({ reporters }, { options: { topN: 3 } }).options).toMatchObject({
      ...{ outputDir: 'profiles', topN: 3 },
    })
  })
})
