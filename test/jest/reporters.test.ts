import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { defaultReporter } from '../../src/jest/reporters.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const core = createRequire(import.meta.url).resolve('@jest/core')

test('the reporter for agents is taken where Jest has one and an agent runs it', () => {
  expect(defaultReporter(core, { CLAUDECODE: '1' })).toBe('agent')
  expect(defaultReporter(core, { CLAUDECODE: '' })).toBe('default')
  expect(defaultReporter(core, {})).toBe('default')
})

test('an older Jest has none', () => {
  const folder = temporaryFolder()
  const reporters = join(folder, 'node_modules/@jest/reporters')
  mkdirSync(reporters, { recursive: true })
  writeFileSync(join(reporters, 'index.js'), 'exports.DefaultReporter = class {}')
  expect(defaultReporter(join(folder, 'core.js'), { CLAUDECODE: '1' })).toBe('default')
})
