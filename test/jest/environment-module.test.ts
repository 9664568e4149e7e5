import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Config } from '@jest/types'
import { UserError } from '../../src/errors/user-error.js'
import { loadEnvironment } from '../../src/jest/environment-module.js'
import { JESTS } from '../support/jests.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const runner = createRequire(import.meta.url).resolve('jest-runner')

const config = (given: Partial<Config.ProjectConfig>) => given as Config.ProjectConfig

function failureOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as Error).message
  }
  throw new Error('nothing was thrown')
}

/** A project with files, and the environment of that name in it. */
function load(name: string, files: Record<string, string> = {}) {
  const rootDir = temporaryFolder()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(rootDir, path)), { recursive: true })
    writeFileSync(join(rootDir, path), text)
  }
  return loadEnvironment(name, config({ rootDir, runner }))
}

describe('loadEnvironment', () => {
  const marked = 'exports.default = class Marked {}'

  test.each(JESTS)(
    '`node` is found from Jest %s when the project has none, and never is a built-in',
    (_version, jest) => {
      const Environment = loadEnvironment('node', {
        ...config({}),
        ...jest.location,
        rootDir: temporaryFolder(),
      })
      expect(Environment).toBe(jest.require<{ default: unknown }>('jest-environment-node').default)
    },
  )

  test.each([
    ['a name without its prefix', 'mine', 'node_modules/jest-environment-mine/index.js'],
    ['a whole name', 'my-environment', 'node_modules/my-environment/index.js'],
    ['a relative path', './environment.js', 'environment.js'],
    ['a path from <rootDir>', '<rootDir>/test/environment.js', 'test/environment.js'],
  ])('%s is found from the project', (_what, name, path) => {
    expect(load(name, { [path]: marked }).name).toBe('Marked')
  })

  test('the prefixed package comes before one of the bare name', () => {
    const files = {
      'node_modules/jest-environment-mine/index.js': marked,
      'node_modules/mine/index.js': 'exports.default = class Other {}',
    }
    expect(load('mine', files).name).toBe('Marked')
  })

  test.each([
    ['module.exports', 'module.exports = class Marked {}'],
    ['default', 'exports.default = class Marked {}'],
    ['a default within a default', 'exports.default = { default: class Marked {} }'],
    ['TestEnvironment', 'exports.TestEnvironment = class Marked {}'],
  ])('the class may be %s', (_where, text) => {
    expect(load('./environment.js', { 'environment.js': text }).name).toBe('Marked')
  })

  test('one that cannot be found is named, with the command that installs it', () => {
    expect(failureOf(() => load('jsdomm'))).toMatch(
      /^jest-profiler: the test environment "jsdomm" cannot be found from \S+\. Run `npm install --save-dev jsdomm`, or correct testEnvironmentOptions\.profiler\.environment\.$/,
    )
    expect(failureOf(() => load('jsdom'))).toContain('Run `npm install --save-dev jest-environment-jsdom`')
  })

  test('a module without a class is named with its path', () => {
    expect(failureOf(() => load('./environment.js', { 'environment.js': 'exports.a = 1' }))).toMatch(
      /^jest-profiler: the test environment "\.\/environment\.js" \(\S+environment\.js\) exports no class\. Export it as default\.$/,
    )
  })

  // Thrown by hand, for this file's own `require` is Jest's.
  test.each([
    ['TypeScript', 'throw new SyntaxError("Unexpected token")', 'Unexpected token'],
    [
      'an unknown extension',
      'throw Object.assign(new TypeError("Unknown file extension"), { code: "ERR_UNKNOWN_FILE_EXTENSION" })',
      'Unknown file extension',
    ],
    [
      'an ES module that awaits',
      'throw Object.assign(new Error("It awaits"), { code: "ERR_REQUIRE_ASYNC_MODULE" })',
      'It awaits',
    ],
  ])('one that Node cannot read (%s) is answered with the way around it', (_what, text, message) => {
    const failure = failureOf(() => load('./environment.js', { 'environment.js': text }))
    expect(failure).toContain(`cannot be loaded by name: ${message}. Wrap it where it is defined`)
    expect(failure).toContain(
      "`export default withProfiling(MyEnvironment)` with withProfiling from 'jest-profiler'",
    )
  })

  test('what the environment itself throws is thrown on, as it is', () => {
    expect(() => load('./environment.js', { 'environment.js': 'throw new RangeError("mine")' })).toThrow(
      new RangeError('mine'),
    )
  })
})
