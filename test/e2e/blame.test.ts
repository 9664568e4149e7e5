// Time that Jest spends on the user's code belongs to that code, and a run belongs to its project, regardless of its config's folder.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { createSuite, JEST_MAJORS, NEWEST_JEST } from './support/suite.js'

function importOf({ imports }: Report, path: string) {
  const row = imports.find(({ module }) => module === path)
  if (row === undefined) throw new Error(`${path} is not among ${imports.map(({ module }) => module)}`)
  return row
}

describe.each(JEST_MAJORS)('attribution under Jest %s', jestMajor => {
  test('time to resolve and to mock a module belongs to that module, whoever requires it', async () => {
    const patterns = Array.from(
      { length: 600 },
      (_, index) => `'^@none${index}/(.*)(a+)+$': '<rootDir>/none.js'`,
    )
    // Jest creates a mock of every function.
    const many = Array.from({ length: 4000 }, (_, index) => `exports.f${index} = function f${index}() {}`)
    const suite = await createSuite(jestMajor, {
      title: 'lookups',
      files: {
        'many.js': many.join('\n'),
        'asks.js': "require('./many')",
        'mocked.test.js': "jest.mock('./many')\nrequire('./asks')\ntest('passes', () => {})",
        ...Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`lib/m${index}.js`, ''])),
        'lib/all.js': Array.from({ length: 150 }, (_, index) => `require('./m${index}')`).join('\n'),
        'mapped.test.js': "require('./lib/all')\ntest('passes', () => {})",
        'jest.config.js': `module.exports = { transform: {}, moduleNameMapper: { ${patterns.join(', ')} } }`,
      },
    })
    const report = (await suite.profile(['-i'])).report()
    const mocked = importOf(report, 'many.js')
    expect(mocked.mockMs).toBeGreaterThan(5)
    expect(importOf(report, 'asks.js').selfMs).toBeLessThan(mocked.mockMs)
    const mapped = report.imports.filter(({ module }) => /^lib\/m\d+\.js$/.test(module))
    expect(mapped).toHaveLength(150)
    const resolving = mapped.reduce((sum, { resolveMs }) => sum + resolveMs, 0)
    expect(resolving).toBeGreaterThan(importOf(report, 'lib/all.js').evaluateMs)
  })

  test('reading stacks for console output has its own category, not transform', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'stacks',
      files: {
        'noisy.js': 'exports.say = n => n > 0 ? exports.say(n - 1) : console.log("said")',
        'a.test.js':
          "const { say } = require('./noisy')\ntest('prints', () => { for (let i = 0; i < 500; i++) say(30) })",
        'jest.config.js':
          "module.exports = { transform: { '\\\\.js$': ['babel-jest', { babelrc: false, configFile: false }] } }",
      },
    })
    // This run fills the transform cache.
    await suite.jest(['-i', '--silent'])
    const { categories } = (await suite.profile(['-i', '--silent=false'])).report()
    expect(categories.stacks).toBeGreaterThan(categories.transform ?? 0)
  })
})

test('a run whose config is in another folder belongs to the project, as do its paths', async () => {
  const suite = await createSuite(NEWEST_JEST, {
    title: 'roots-elsewhere',
    files: {
      'package.json': '{ "name": "shop", "private": true }',
      'src/sum.js':
        'exports.sum = (a, b) => { const end = Date.now() + 50; while (Date.now() < end); return a + b }',
      'src/sum.test.js': "const { sum } = require('./sum')\ntest('adds', () => expect(sum(1, 2)).toBe(3))",
      'scripts/jest/jest.config.js':
        "module.exports = { rootDir: '../../src', transform: {}, testEnvironment: 'node' }",
    },
  })
  const finished = await suite.profile(['-c', 'scripts/jest/jest.config.js'])
  expect(finished).toMatchObject({ exitCode: 0 })
  const report = finished.report()
  expect(report.run.suite).toBe('shop')
  expect(report.files.map(({ path }) => path)).toEqual(['src/sum.test.js'])
  expect(report.hotspots.map(({ file }) => file)).toContain('src/sum.js')
  expect(existsSync(join(suite.directory, '.jest-profiler'))).toBe(true)
  expect(existsSync(join(suite.directory, 'scripts/jest/.jest-profiler'))).toBe(false)
  const markdown = readFileSync(join(finished.runDirectory, 'report.md'), 'utf8')
  for (const text of [finished.stderr, markdown])
    expect(text.slice(text.indexOf('Test profile'))).not.toContain(suite.directory)
})

test('import time within a test is shown with the test', async () => {
  const suite = await createSuite(NEWEST_JEST, {
    title: 'first-test-loads',
    files: {
      'heavy.js': 'const end = Date.now() + 300; while (Date.now() < end);',
      'a.test.js':
        "test('loads', () => { require('./heavy') })\ntest('does not', () => { require('./heavy') })",
      'jest.config.js': 'module.exports = { transform: {} }',
    },
  })
  const { files, totals } = (await suite.profile(['-i', 'a.test.js'])).report()
  const [loads, not] = files[0]?.tests ?? []
  expect(loads?.importsMs).toBeGreaterThan(290)
  expect(not?.importsMs).toBeLessThan(30)
  expect(totals.importsInTestsMs).toBeGreaterThan(290)
  const { stdout } = await suite.command(['show', '--test', 'loads'])
  expect(stdout).toMatch(/including imports \d+ ms/)
})
