// withProfiler accepts a config in every form, and invalid options are reported before any test, with one line for each.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createSuite, JEST_MAJORS, type JestMajor, NEWEST_JEST, type Suite } from './support/suite.js'

const DOM_TEST = "test('in a document', () => { expect(document.title).toBe('') })"
const NODE_TEST = "test('in node', () => { expect(typeof document).toBe('undefined') })"

async function recordedFiles(suite: Suite, args: string[] = []): Promise<Record<string, string>> {
  const finished = await suite.jest(args)
  expect(finished).toMatchObject({ exitCode: 0 })
  const { files, missing } = finished.report()
  expect(missing).toEqual([])
  return Object.fromEntries(files.map(({ path, project }) => [path, project]))
}

describe.each(JEST_MAJORS)('withProfiler under Jest %s', jestMajor => {
  test('accepts an object, and keeps its environment and reporters', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'config-object',
      files: {
        'dom.test.js': "test('in a document', () => { expect(location.href).toBe('https://example.com/') })",
        'jest.config.mjs': `import { withProfiler } from 'jest-profiler'
export default withProfiler(withProfiler({ testEnvironment: 'jsdom', testEnvironmentOptions: { url: 'https://example.com/' },
  transform: {}, reporters: [['summary', {}]] }))`,
      },
    })
    expect(await recordedFiles(suite)).toEqual({ 'dom.test.js': '' })
  })

  test('accepts an async function, a preset, and projects as objects', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'config-function',
      files: {
        'node_modules/some-preset/package.json': '{ "name": "some-preset", "version": "1.0.0" }',
        'node_modules/some-preset/jest-preset.js':
          "module.exports = { testEnvironment: 'jsdom', transform: {} }",
        'a/dom.test.js': DOM_TEST,
        'b/node.test.js': NODE_TEST,
        'jest.config.js': `const { withProfiler } = require('jest-profiler')
module.exports = withProfiler(async () => ({ projects: [
  { displayName: 'a', preset: 'some-preset', testMatch: ['<rootDir>/a/*.test.js'] },
  { displayName: 'b', transform: {}, testMatch: ['<rootDir>/b/*.test.js'] },
] }))`,
      },
    })
    expect(await recordedFiles(suite)).toEqual({ 'a/dom.test.js': 'a', 'b/node.test.js': 'b' })
  })

  test('wraps environments of projects whose folder is relative to the working directory', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'config-elsewhere',
      files: {
        'node_modules/some-environment/package.json': '{ "name": "some-environment", "version": "1.0.0" }',
        'node_modules/some-environment/index.js':
          "module.exports = require('jest-environment-node').TestEnvironment",
        'a/node.test.js': NODE_TEST,
        'scripts/jest.config.js': `const { withProfiler } = require('jest-profiler')
module.exports = withProfiler({ projects: [
  { displayName: 'a', rootDir: '.', roots: ['<rootDir>/a'], testEnvironment: 'some-environment', transform: {} },
] })`,
      },
    })
    const finished = await suite.jest(['--config', 'scripts/jest.config.js'])
    expect(finished.exitCode).toBe(0)
    expect(finished.stderr).not.toContain('Not fully profiled')
    expect(finished.stderr).toMatch(/CPU \d/)
  })

  test('accepts projects as globs, folders and config files', async () => {
    const suite = await createSuite(jestMajor, {
      title: 'config-projects',
      files: {
        'packages/dom/package.json':
          '{ "name": "dom", "jest": { "displayName": "dom", "testEnvironment": "jsdom", "transform": {} } }',
        'packages/dom/dom.test.js': DOM_TEST,
        'packages/node/package.json': '{ "name": "node" }',
        'packages/node/jest.config.mjs':
          "export default async () => ({ displayName: 'node', transform: {} })",
        'packages/node/node.test.js': NODE_TEST,
        'packages/README.md': 'not a project',
        'extra/config.cjs': "module.exports = { displayName: 'extra', transform: {} }",
        'extra/extra.test.js': NODE_TEST,
        'jest.config.js': `const { withProfiler } = require('jest-profiler')
module.exports = withProfiler({ projects: ['<rootDir>/packages/*', require.resolve('./extra/config.cjs')] })`,
      },
    })
    expect(await recordedFiles(suite, ['-w', '2'])).toEqual({
      'packages/dom/dom.test.js': 'dom',
      'packages/node/node.test.js': 'node',
      'extra/extra.test.js': 'extra',
    })
  })
})

function suiteWithOptions(jestMajor: JestMajor, title: string, options: string): Promise<Suite> {
  return createSuite(jestMajor, {
    title,
    files: {
      'a.test.js': "test('never runs', () => { require('fs').writeFileSync('ran', '') })",
      'jest.config.js': `module.exports = { testEnvironment: 'jest-profiler/node', transform: {}, reporters: ['default', ['jest-profiler/reporter', ${options}]] }`,
    },
  })
}

test.each(JEST_MAJORS)(
  'invalid options stop the run before any test, with one line for each, under Jest %s',
  async jestMajor => {
    const suite = await suiteWithOptions(
      jestMajor,
      'wrong-options',
      "{ topn: 5, samplingIntervalMicros: 10, engine: 'inspektor', artifacts: ['jsn'] }",
    )
    const { exitCode, stderr, stdout } = await suite.jest()
    expect(exitCode).toBe(1)
    const where = "jest-profiler: in the options of 'jest-profiler/reporter'"
    const lines = stderr.split('\n').filter(line => line.includes('jest-profiler:'))
    expect(lines.toSorted()).toEqual([
      expect.stringMatching(/option "artifacts" must be .*, got \["jsn"\]\. Did you mean "json"\?$/),
      expect.stringMatching(/option "engine" must be .*, got "inspektor"\. Did you mean "inspector"\?$/),
      expect.stringMatching(
        /option "samplingIntervalMicros" must be 'auto' or a whole number from 50 to 100000, got 10\.$/,
      ),
      `${where}: unknown option "topn". Did you mean "topN"?`,
    ])
    expect(stdout + stderr).not.toContain('a.test.js')
    expect(stderr).not.toMatch(/^\s+at /m)
  },
)

test('an output folder that cannot be written stops the run before any test', async () => {
  const suite = await suiteWithOptions(NEWEST_JEST, 'unwritable', "{ outputDir: 'taken' }")
  writeFileSync(join(suite.directory, 'taken'), 'a file')
  const { exitCode, stderr, stdout } = await suite.jest()
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(
    /jest-profiler: outputDir ".*taken" cannot be written: .*\. Make it writable, or set/,
  )
  expect(stdout + stderr).not.toContain('a.test.js')
})

test('an engine that is not installed or not built stops the run, with the command to run', async () => {
  const suite = await suiteWithOptions(NEWEST_JEST, 'engine', "{ engine: 'v8-profiler-next' }")
  const absent = await suite.jest()
  expect(absent).toMatchObject({ exitCode: 1 })
  expect(absent.stderr).toMatch(
    /needs the module v8-profiler-next, which is not installed\. Run `npm install --save-dev v8-profiler-next`/,
  )
  mkdirSync(join(suite.directory, 'node_modules/v8-profiler-next'), { recursive: true })
  suite.write({
    'node_modules/v8-profiler-next/package.json':
      '{ "name": "v8-profiler-next", "version": "1.10.0", "main": "index.js" }',
    'node_modules/v8-profiler-next/index.js': "require('./build/binding/Release/profiler.node')",
  })
  const blocked = await suite.jest()
  expect(blocked).toMatchObject({ exitCode: 1 })
  expect(blocked.stderr).toMatch(
    /its native part is missing, because its install script was blocked or its build failed/,
  )
  suite.write({ 'node_modules/v8-profiler-next/build/binding/Release/node-v1-other/profiler.node': '' })
  const otherNode = await suite.jest()
  expect(otherNode.stderr).toMatch(
    /it was built for another Node than this v\d+.*npm rebuild v8-profiler-next/,
  )
  expect(otherNode.stderr).not.toMatch(/^\s+at /m)
})
