// Every environment works when it is wrapped, and recording starts before its constructor.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createSuite, JEST_MAJORS } from './support/suite.js'

const REPORTERS = "reporters: ['default', ['jest-profiler/reporter', { samplingIntervalMicros: 1000 }]]"
// By CPU time: on a busy machine, 30 ms may pass without a core.
const BURN = `const burn = ms => {
  const before = process.cpuUsage()
  const ran = ({ user, system }) => (user + system) / 1000
  let sum = 0
  do for (let i = 0; i < 100_000; i++) sum += i + (sum % 7)
  while (ran(process.cpuUsage(before)) < ms)
}`

// A class with all features that wrapping might break.
const CUSTOM = `
const { TestEnvironment } = require('jest-environment-node')
${BURN}
module.exports = class Custom extends TestEnvironment {
  static kind = 'custom'
  #secret = 'kept'
  constructor(config, context) {
    super(config, context)
    function constructorBurn() { burn(30) }
    constructorBurn()
    this.global.optionKeys = Object.keys(config.projectConfig.testEnvironmentOptions)
    this.global.fromDocblock = config.projectConfig.testEnvironmentOptions.fromDocblock
    this.events = []
    this.handleTestEvent = async event => {
      this.events.push(event.name)
      if (event.name === 'test_start') this.global.secret = this.#secret
    }
    this.global.eventNames = this.events
  }
  exportConditions() { return ['custom-condition'] }
  async teardown() {
    if (!this.events.includes('run_finish')) throw new Error('events were lost')
    await super.teardown()
  }
}`

describe.each(JEST_MAJORS)('test environments under Jest %s', jestMajor => {
  test('a custom environment keeps its events, private fields, options and export conditions', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'custom-environment',
      files: {
        'custom.js': CUSTOM,
        'setup.js': `${BURN}; (function setUpBurn() { burn(30) })()`,
        'node_modules/conditional/package.json':
          '{ "name": "conditional", "version": "1.0.0", "exports": { "custom-condition": "./custom.js", "default": "./default.js" } }',
        'node_modules/conditional/custom.js': 'module.exports = "custom"',
        'node_modules/conditional/default.js': 'module.exports = "default"',
        'custom.test.js': `/**
 * @jest-environment-options {"fromDocblock": 7, "profiler": {"environment": "./custom.js"}}
 */
test('works', () => {
  expect(secret).toBe('kept')
  expect(optionKeys).toEqual(['fromDocblock'])
  expect(fromDocblock).toBe(7)
  expect(globalThis.profiler).toBeUndefined()
  expect(eventNames).toContain('test_start')
  expect(require('conditional')).toBe('custom')
})`,
        'jest.config.js': `module.exports = {
  testEnvironment: 'jest-profiler/environment',
  testEnvironmentOptions: { profiler: { environment: './custom.js' } },
  setupFiles: ['./setup.js'], transform: {}, ${REPORTERS} }`,
      },
    })
    const finished = await suite.jest()
    expect(finished).toMatchObject({ exitCode: 0 })
    const { files, hotspots, missing } = finished.report()
    expect(missing).toEqual([])
    expect(files[0]?.wallMs).toBeGreaterThan(60)
    const totalOf = (name: string) =>
      hotspots.filter(row => row.tests.length === 0 && row.function === name).length
    expect(totalOf('burn')).toBeGreaterThan(0)
    expect(hotspots.some(({ file, function: name }) => name === 'burn' && file === 'setup.js')).toBe(true)
    expect(hotspots.some(({ file, function: name }) => name === 'burn' && file === 'custom.js')).toBe(true)
  })

  test('node, jsdom by entry and by docblock, and a TypeScript class by withProfiling are all recorded', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'environments',
      files: {
        'typed-environment.ts': `
import NodeEnvironment from 'jest-environment-node'
import { withProfiling } from 'jest-profiler'
class Typed extends NodeEnvironment { async setup(): Promise<void> { await super.setup(); this.global.typed = true as boolean } }
export default withProfiling(Typed as never)`,
        'node.test.js': "test('node', () => { expect(typeof document).toBe('undefined') })",
        'dom.test.js':
          '/** @jest-environment jest-profiler/jsdom\n * @jest-environment-options {"url": "https://example.com/"} */\ntest(\'dom\', () => { expect(location.href).toBe(\'https://example.com/\'); expect(globalThis.profiler).toBeUndefined() })',
        'typed.test.js':
          "/** @jest-environment ./typed-environment.ts */\ntest('typed', () => { expect(typed).toBe(true) })",
        'jest.config.js': `module.exports = { testEnvironment: 'jest-profiler/node', ${REPORTERS},
  transform: { '\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] } }`,
      },
    })
    const finished = await suite.jest(['-w', '2'])
    expect(finished).toMatchObject({ exitCode: 0 })
    const { files, missing } = finished.report()
    expect(missing).toEqual([])
    expect(files.map(({ path, recording }) => [path, recording !== null]).toSorted()).toEqual([
      ['dom.test.js', true],
      ['node.test.js', true],
      ['typed.test.js', true],
    ])
  })

  test('an environment or set-up file that throws fails its file as without the profiler, and other files are recorded', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'throwing',
      files: {
        'throws.js': `const { TestEnvironment } = require('jest-environment-node')
module.exports = class extends TestEnvironment { constructor(...args) { super(...args); throw new Error('constructor on purpose') } }`,
        'set-up.js': "if (__filename && globalThis.failSetUp) throw new Error('set-up on purpose')",
        'constructor.test.js':
          '/** @jest-environment-options {"profiler": {"environment": "./throws.js"}} */\ntest("never", () => {})',
        'set-up.test.js': '/** @jest-environment-options {"failSetUp": true} */\ntest("never", () => {})',
        'unfound.test.js':
          '/** @jest-environment-options {"profiler": {"environment": "no-such-thing"}} */\ntest("never", () => {})',
        'zz-fine.test.js': 'test("fine", () => {})',
        'jest.config.js': `module.exports = { testEnvironment: 'jest-profiler/environment', setupFiles: ['./set-up.js'], transform: {}, ${REPORTERS} }`,
      },
    })
    const { exitCode, stderr, report } = await suite.jest(['-i'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('constructor on purpose')
    expect(stderr).toContain('set-up on purpose')
    expect(stderr).toContain('the test environment "no-such-thing" cannot be found')
    const { files, missing } = report()
    expect(files.find(({ path }) => path === 'zz-fine.test.js')).toMatchObject({
      recording: expect.any(String),
      status: 'passed',
    })
    expect(missing.map(({ file }) => file).toSorted()).toEqual([
      'constructor.test.js',
      'set-up.test.js',
      'unfound.test.js',
    ])
  })

  test('an environment that only Jest can load runs unchanged, and the report says how to have it recorded', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'unwrappable',
      files: {
        'environment.ts': `
import NodeEnvironment from 'jest-environment-node'
export default class Typed extends NodeEnvironment { async setup(): Promise<void> { await super.setup(); this.global.typed = true as boolean } }`,
        'typed.test.js': "test('typed', () => { expect(typed).toBe(true) })",
        'jest.config.js': `module.exports = require('jest-profiler').withProfiler({ testEnvironment: './environment.ts',
  transform: { '\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] } })`,
      },
    })
    const finished = await suite.jest()
    expect(finished).toMatchObject({ exitCode: 0 })
    expect(finished.report().missing).toMatchObject([
      { file: 'typed.test.js', remedy: expect.stringContaining('withProfiling(MyEnvironment)') },
    ])
  })

  test('tests run and are recorded with a runner that does not lead to Jest’s packages', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'foreign-runner',
      files: {
        'a.test.js': "test('a', () => {})",
        'jest.config.js': `module.exports = require('jest-profiler').withProfiler({ transform: {}, runner: process.env.RUNNER })`,
      },
    })
    const folder = mkdtempSync(join(tmpdir(), 'jest-profiler-runner-'))
    const runner = join(folder, 'runner.js')
    writeFileSync(
      runner,
      `module.exports = require(${JSON.stringify(join(suite.directory, '../../node_modules/jest-runner'))})`,
    )
    const finished = await suite.jest([], { env: { RUNNER: runner } })
    rmSync(folder, { recursive: true })
    expect(finished).toMatchObject({ exitCode: 0 })
    expect(finished.report().files).toMatchObject([{ recording: expect.any(String), status: 'passed' }])
  })

  test('without the reporter nothing is recorded, and one warning is printed', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'no-reporter',
      files: {
        'a.test.js': 'test("a", () => {})',
        'b.test.js': 'test("b", () => {})',
        'c.test.js': 'test("c", () => {})',
        'jest.config.js': "module.exports = { testEnvironment: 'jest-profiler/environment', transform: {} }",
      },
    })
    for (const mode of [['-i'], ['-w', '2']]) {
      const { exitCode, stderr } = await suite.jest(mode)
      expect(exitCode).toBe(0)
      expect(stderr.match(/jest-profiler: nothing is recorded/g)).toHaveLength(1)
    }
  })
})
