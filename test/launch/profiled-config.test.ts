import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { LAUNCHED } from '../../src/collect/run-link.js'
import { type Profiling, profiledConfig, type ReadConfigs } from '../../src/launch/profiled-config.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const OURS = '/package/build/reporter.js'

function profiled(globalConfig: object, profiling: Partial<Profiling> = {}): ReadConfigs {
  const configs = [Object.freeze({ id: 'a', watchPathIgnorePatterns: ['/theirs/'] })]
  const read = { globalConfig: Object.freeze(globalConfig), configs, hasDeprecationWarnings: false }
  return profiledConfig(read as unknown as ReadConfigs, {
    reporter: OURS,
    options: {},
    defaultReporter: () => 'default',
    ...profiling,
  })
}

const reportersOf = (...given: Parameters<typeof profiled>) => profiled(...given).globalConfig.reporters

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
    const result = profiled({ reporters: [theirs], rootDir: '/project' }, { options: { topN: 3 } })
    expect(result).toEqual({
      globalConfig: { reporters: [theirs, [OURS, { topN: 3, [LAUNCHED]: true }]], rootDir: '/project' },
      configs: [{ id: 'a', watchPathIgnorePatterns: ['/theirs/'] }],
      hasDeprecationWarnings: false,
    })
    expect(Object.isFrozen(result.globalConfig)).toBe(true)
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

  test.each(['watch', 'watchAll'])('with --%s has Jest look away from the output folder', mode => {
    const patternsOf = (options: Profiling['options']) =>
      profiled({ [mode]: true }, { options }).configs.flatMap(config => config.watchPathIgnorePatterns)
    const ignores = (options: Profiling['options'], path: string) =>
      patternsOf(options).some(pattern => new RegExp(pattern).test(path))
    expect(ignores({}, '/theirs/a.js')).toBe(true)
    expect(ignores({}, '/project/.jest-profiler/run/report.json')).toBe(true)
    expect(ignores({}, '/project/src/report.json')).toBe(false)
    expect(ignores({ outputDir: './profiles' }, '/project/profiles/run/report.json')).toBe(true)
  })
})
