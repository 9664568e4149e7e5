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

/** The environment `name`, loaded from a new project with these files. */
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
    'finds `node` from Jest %s when the project has none, and never a built-in module',
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
  ])('finds %s from the project', (_what, name, path) => {
    expect(load(name, { [path]: marked }).name).toBe('Marked')
  })

  test('prefers the package with the prefix to the one without', () => {
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
  ])('accepts a class that is exported as %s', (_where, text) => {
    expect(load('./environment.js', { 'environment.js': text }).name).toBe('Marked')
  })

  test('throws an error with the command to run when there is no such environment', () => {
    expect(failureOf(() => load('jsdomm'))).toMatch(
      /^jest-profiler: the test environment "jsdomm" cannot be found from \S+\. Run `npm install --save-dev jsdomm`, or correct testEnvironmentOptions\.profiler\.environment\.$/,
    )
    expect(failureOf(() => load('jsdom'))).toContain('Run `npm install --save-dev jest-environment-jsdom`')
  })

  test('throws an error with the path of a module without a class', () => {
    expect(failureOf(() => load('./environment.js', { 'environment.js': 'exports.a = 1' }))).toMatch(
      /^jest-profiler: the test environment "\.\/environment\.js" \(\S+environment\.js\) exports no class\. Export it as default\.$/,
    )
  })

  // The errors are thrown by the files themselves, because `require` in this file is Jest's.
  test.each([
    ['TypeScript', 'throw new SyntaxError("Unexpected token")', 'Unexpected token'],
    [
      'an unknown extension',
      'throw Object.assign(new TypeError("Unknown file extension"), { code: "ERR_UNKNOWN_FILE_EXTENSION" })',
      'Unknown file extension',
    ],
    [
      'an ES module with top-level await',
      'throw Object.assign(new Error("It awaits"), { code: "ERR_REQUIRE_ASYNC_MODULE" })',
      'It awaits',
    ],
  ])(
    'throws an error with a workaround when Node cannot read the environment: %s',
    (_what, text, message) => {
      const failure = failureOf(() => load('./environment.js', { 'environment.js': text }))
      expect(failure).toContain(`cannot be loaded by name: ${message}. Wrap it where it is defined`)
      expect(failure).toContain(
        "`export default withProfiling(MyEnvironment)` with withProfiling from 'jest-profiler'",
      )
    },
  )

  test('passes an error of the environment itself through', () => {
    expect(() => load('./environment.js', { 'environment.js': 'throw new RangeError("mine")' })).toThrow(
      new RangeError('mine'),
    )
  })
})
