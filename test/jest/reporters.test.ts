import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  BUILT_IN_REPORTERS,
  COVERAGE_REPORTER,
  defaultReporter,
  loadedReporters,
} from '../../src/jest/reporters.js'
import { JESTS } from '../support/jests.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const core = createRequire(import.meta.url).resolve('@jest/core')

test('defaultReporter is the agent reporter when Jest has one and an agent runs it', () => {
  expect(defaultReporter(core, { CLAUDECODE: '1' })).toBe('agent')
  expect(defaultReporter(core, { CLAUDECODE: '' })).toBe('default')
  expect(defaultReporter(core, {})).toBe('default')
})

test('defaultReporter is the default reporter for an older Jest', () => {
  const folder = temporaryFolder()
  const reporters = join(folder, 'node_modules/@jest/reporters')
  mkdirSync(reporters, { recursive: true })
  writeFileSync(join(reporters, 'index.js'), 'exports.DefaultReporter = class {}')
  expect(defaultReporter(join(folder, 'core.js'), { CLAUDECODE: '1' })).toBe('default')
})

describe.each(JESTS)('reporters of Jest %s', (version, jest) => {
  test('are found among loaded modules, and are classes with onRunComplete', () => {
    const path = jest.resolve('@jest/reporters')
    const exports: Record<string, { prototype: object }> = jest.require('@jest/reporters')
    const found = loadedReporters({ [path]: { exports }, '/p/other.js': { exports: {} } })
    expect(found).toEqual([exports])
    for (const name of [...BUILT_IN_REPORTERS, COVERAGE_REPORTER])
      expect([name, 'onRunComplete' in (exports[name]?.prototype ?? {})]).toEqual([name, true])
  })

  test('include the agent reporter from Jest 30.3 on', () => {
    expect(defaultReporter(jest.core, { CLAUDECODE: '1' })).toBe(version === '29.7' ? 'default' : 'agent')
  })
})

test('loadedReporters finds nothing in a Jest with another layout', () => {
  expect(loadedReporters({ '/p/node_modules/@jest/reporters/lib/main.js': { exports: {} } })).toEqual([])
})
