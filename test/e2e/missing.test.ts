// Files that were not recorded are listed with a reason and a remedy, and everything else is reported.

import { describe, expect, test } from '@jest/globals'
import { BURN } from './support/burn.js'
import { createSuite, JEST_MAJORS } from './support/suite.js'

const REPORTERS =
  "reporters: ['default', ['jest-profiler/reporter', { samplingIntervalMicros: 1000 }]], transform: {}"
const SWC = `transform: { '\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] }`

describe.each(JEST_MAJORS)('missing files under Jest %s', jestMajor => {
  test('files that a docblock, a project’s environment or the option include leaves unrecorded are missing, each with its reason', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'unrecorded',
      files: {
        'ours/docblock.test.js': '/** @jest-environment jsdom */\ntest("dom", () => { document.body })',
        'ours/left-out.test.js': 'test("left out", () => {})',
        'ours/recorded.test.js': 'test("recorded", () => {})',
        'theirs/plain.test.js': 'test("plain", () => {})',
        'jest.config.js': `
const rootDir = __dirname
module.exports = {
  projects: [
    { displayName: 'ours', rootDir: rootDir + '/ours', testEnvironment: 'jest-profiler/node', transform: {} },
    { displayName: 'theirs', rootDir: rootDir + '/theirs', transform: {} },
  ],
  reporters: ['default', ['jest-profiler/reporter', { include: ['ours/{docblock,recorded}.test.js', 'theirs/**'] }]],
}`,
      },
    })
    const finished = await suite.jest()
    expect(finished).toMatchObject({ exitCode: 0 })
    const { missing, files, totals } = finished.report()
    const explained = missing.toSorted((a, b) => a.file.localeCompare(b.file))
    expect(explained).toMatchObject([
      {
        file: 'ours/docblock.test.js',
        reason: 'the docblock chooses the environment "jsdom"',
        remedy: 'Use @jest-environment jest-profiler/jsdom instead.',
      },
      { file: 'ours/left-out.test.js', reason: 'excluded by the option "include"' },
      {
        file: 'theirs/plain.test.js',
        reason: expect.stringContaining('the project "theirs" uses the environment'),
      },
    ])
    expect(totals).toMatchObject({ testFiles: 4, tests: 4 })
    const unrecorded = files.find(({ path }) => path === 'theirs/plain.test.js')
    expect(unrecorded).toMatchObject({
      recording: null,
      status: 'passed',
      cpuMs: null,
      tests: [{ status: 'passed' }],
    })
    expect(finished.stderr).toContain('Not fully profiled   3 files')
  })

  test('a test that calls process.exit in a worker is listed once, with what was recorded before', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'process-exit',
      files: {
        'exits.test.js': `${BURN}test('burns', () => burn(50))\ntest('exits', () => process.exit(3))`,
        'fine.test.js': 'test("fine", () => {})',
        'jest.config.js': `module.exports = { testEnvironment: 'jest-profiler/node', ${REPORTERS} }`,
      },
    })
    const finished = await suite.jest(['-w', '2'])
    expect(finished).toMatchObject({ exitCode: 1 })
    const { missing, files } = finished.report()
    expect(missing).toMatchObject([
      { file: 'exits.test.js', reason: expect.stringContaining('in each of 4 attempts') },
    ])
    const exited = files.find(({ path }) => path === 'exits.test.js')
    expect(exited?.tests.map(({ fullName, status }) => `${fullName} ${status}`)).toEqual([
      'burns passed',
      'exits unfinished',
    ])
    expect(exited?.cpuMs).toBeGreaterThan(40)
    expect(exited?.cpuMs).toBeLessThan(2 * (exited?.wallMs ?? 0))
    expect(files.find(({ path }) => path === 'fine.test.js')).toMatchObject({
      recording: expect.any(String),
      status: 'passed',
    })
  })

  test('a test that calls process.exit in band leaves a report', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'process-exit-in-band',
      files: {
        'exits.test.js': `${BURN}test('burns', () => burn(50))\ntest('exits', () => process.exit(3))`,
        'jest.config.js': `module.exports = { testEnvironment: 'jest-profiler/node', ${REPORTERS} }`,
      },
    })
    const finished = await suite.jest(['-i'])
    expect(finished).toMatchObject({ exitCode: 3 })
    const { missing, files } = finished.report()
    expect(missing).toMatchObject([
      { file: 'exits.test.js', reason: expect.stringContaining('Jest ended before') },
    ])
    expect(files[0]).toMatchObject({
      status: 'unfinished',
      recording: expect.any(String),
      tests: [{ status: 'passed' }, { status: 'unfinished' }],
    })
  })

  test('a killed worker affects only its own file', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'killed',
      files: {
        'killed.test.js': "test('is killed', () => process.kill(process.pid, 'SIGKILL'))",
        'fine.test.js': 'test("fine", () => {})',
        'jest.config.js': `module.exports = { testEnvironment: 'jest-profiler/node', ${REPORTERS} }`,
      },
    })
    const finished = await suite.jest(['-w', '2'])
    expect(finished).toMatchObject({ exitCode: 1 })
    const { missing, files } = finished.report()
    expect(missing).toMatchObject([
      {
        file: 'killed.test.js',
        reason: expect.stringMatching(/the worker died in test “is killed”: .*SIGKILL/),
      },
    ])
    expect(files.find(({ path }) => path === 'fine.test.js')).toMatchObject({ recording: expect.any(String) })
  })

  test('a custom runner and test runners without events, such as jest-jasmine2, are named as the reason', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'runners',
      files: {
        'runner/index.js': `
module.exports = class {
  async runTests(tests, watcher, onStart, onResult) {
    for (const test of tests) {
      await onStart(test)
      await onResult(test, { numFailingTests: 0, numPassingTests: 1, numPendingTests: 0, numTodoTests: 0, openHandles: [],
        perfStats: { start: 0, end: 0, runtime: 0, slow: false }, skipped: false, leaks: false, testFilePath: test.path,
        testResults: [{ ancestorTitles: [], duration: 1, failureMessages: [], fullName: 'lint', status: 'passed', title: 'lint' }],
        snapshot: { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 } })
    }
  }
}`,
        'other/lint.test.js': '',
        'eventless/quiet.test.js': '',
        'jasmine/old.test.js': `
describe('old', () => {
  beforeEach(() => {})
  it('burns', function burn() { for (const end = Date.now() + 60; Date.now() < end; ); })
  it('fails', () => { throw new Error('on purpose') })
  xit('is skipped', () => {})
})`,
        'test-runner.js': `
module.exports = async (globalConfig, config, environment, runtime, testPath) => ({
  console: null, failureMessage: null, leaks: false, numFailingTests: 0, numPassingTests: 1, numPendingTests: 0, numTodoTests: 0,
  openHandles: [], perfStats: { start: 1, end: 2, runtime: 1, slow: false }, skipped: false, testFilePath: testPath,
  snapshot: { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 },
  testResults: [{ ancestorTitles: [], duration: 1, failureMessages: [], failureDetails: [], fullName: 'quiet', numPassingAsserts: 0,
    status: 'passed', title: 'quiet', invocations: 1 }],
})`,
        'jest.config.js': `
const common = { testEnvironment: 'jest-profiler/node', transform: {} }
module.exports = {
  projects: [
    { ...common, displayName: 'other', rootDir: __dirname + '/other', runner: __dirname + '/runner/index.js' },
    { ...common, displayName: 'eventless', rootDir: __dirname + '/eventless', testRunner: __dirname + '/test-runner.js' },
    { ...common, displayName: 'jasmine', rootDir: __dirname + '/jasmine', testRunner: 'jest-jasmine2' },
  ],
  ${REPORTERS.replace(', transform: {}', '')} }`,
      },
    })
    const finished = await suite.jest(['-w', '2'])
    // The message of the failing test.
    expect(finished).toMatchObject({ exitCode: 1 })
    const { files, missing, hotspots } = finished.report()
    const reasons = Object.fromEntries(missing.map(({ file, reason }) => [file, reason]))
    expect(reasons).toEqual({
      'other/lint.test.js': expect.stringContaining('runner/index.js does not use test environments'),
      'eventless/quiet.test.js': expect.stringContaining('the test runner sends no events'),
      'jasmine/old.test.js':
        'the test runner sends no events to the environment, so only the file as a whole is profiled',
    })
    // Jest reported the tests, and the file as a whole was recorded.
    const old = files.find(({ path }) => path === 'jasmine/old.test.js')
    expect(old?.recording).toEqual(expect.any(String))
    expect(old?.tests.map(({ fullName, status }) => `${fullName}: ${status}`)).toEqual([
      'old burns: passed',
      'old fails: failed',
      'old is skipped: skipped',
    ])
    expect(old?.tests[0]).toMatchObject({ cpuMs: null, wallMs: expect.any(Number) })
    expect(old?.tests[0]?.wallMs).toBeGreaterThanOrEqual(60)
    expect(hotspots.find(({ function: name }) => name === 'burn')).toMatchObject({
      file: 'jasmine/old.test.js',
      line: 4,
    })
  })
})

// Each mode runs under one Jest, because source maps are read after the run.
test.each([
  { jestMajor: '29', mode: 'in a worker', args: ['-w', '2'] },
  { jestMajor: '30', mode: 'in band', args: ['-i', 'exits'] },
] as const)(
  'a recording that process.exit cuts off $mode has source lines, under Jest $jestMajor',
  async ({ jestMajor, args }) => {
    const interfaces = 'interface Long {\n  a: string\n  b: string\n}\n'
    const suite = await createSuite(jestMajor, {
      title: 'process-exit-lines',
      files: {
        'src/burn.ts': `${interfaces}export ${BURN.replace('ms)', 'ms: number)')}`,
        'exits.test.ts':
          `import { burn } from './src/burn'\n${interfaces}test('burns', () => burn(80))\n` +
          "test('exits', () => process.exit(3))",
        'other.test.ts': "test('other', () => {})",
        'jest.config.js': `module.exports = { ${SWC} }`,
      },
    })
    const { files, hotspots } = (await suite.profile(args)).report()
    const exited = files.find(({ path }) => path === 'exits.test.ts')
    expect(exited?.tests.map(({ fullName, line, column }) => `${fullName} ${line}:${column}`)).toEqual([
      'burns 6:1',
      'exits 7:1',
    ])
    expect(hotspots.find(({ function: name }) => name === 'burn')).toMatchObject({
      ...{ file: 'src/burn.ts', line: 5 },
    })
  },
)
