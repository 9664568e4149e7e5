import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { UserError } from '../../src/errors/user-error.js'
import {
  configReader,
  presetOptions,
  type ReadConfigs,
  replacedConfigs,
  testPathPatterns,
} from '../../src/jest/config.js'
import { JESTS, type JestOfTests, publishedCode } from '../support/jests.js'
import { temporaryFolder } from '../support/temporary-folder.js'

interface ConfigModule {
  readConfigs(argv: object, projects: string[]): Promise<ReadConfigs>
}

/** The folder of a new project with these files. */
function projectOf(files: Record<string, string>): string {
  const rootDir = realpathSync(temporaryFolder())
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(rootDir, path)), { recursive: true })
    writeFileSync(join(rootDir, path), text)
  }
  return rootDir
}

/** The exports of jest-config as `@jest/core` gets them, and a log of the profiler's calls. */
function replaced(exports: ConfigModule) {
  const calls: string[] = []
  const replacement = replacedConfigs({
    replaceConfigs: (read, core) => {
      calls.push(`replaces, for ${core}`)
      return { ...read, globalConfig: { ...read.globalConfig, verbose: true } }
    },
    whenFailed: () => calls.push('failed'),
    whenReading: () => calls.push('reading'),
  })
  return { calls, replacement, exports: replacement.replace(exports as never, 'core.js') as ConfigModule }
}

describe.each(JESTS)('replacedConfigs with Jest %s', (_version, jest) => {
  const rootDir = projectOf({ 'package.json': '{ "jest": { "testTimeout": 70 } }' })

  test('replaces the configs at the first reading, for the core that reads them', async () => {
    const { calls, exports, replacement } = replaced(jest.require('jest-config'))
    expect(replacement.askedBy.test(jest.resolve('@jest/reporters').replace('reporters', 'core'))).toBe(true)
    const argv = { $0: '', _: [] }
    const read = await exports.readConfigs(argv, [rootDir])
    expect(read.globalConfig).toMatchObject({ rootDir, testTimeout: 70, verbose: true })
    expect(read.configs).toMatchObject([{ rootDir }])
    const again = await exports.readConfigs(argv, [rootDir])
    expect(again.globalConfig.verbose).not.toBe(true)
    expect(calls).toEqual(['reading', 'replaces, for core.js'])
  })

  test('leaves configs unchanged for --showConfig, and passes Jest’s errors through', async () => {
    const shown = replaced(jest.require('jest-config'))
    await shown.exports.readConfigs({ $0: '', _: [], showConfig: true }, [rootDir])
    expect(shown.calls).toEqual(['reading'])
    const failing = replaced(jest.require('jest-config'))
    const broken = projectOf({ 'package.json': '{}', 'jest.config.json': '{' })
    await expect(failing.exports.readConfigs({ $0: '', _: [] }, [broken])).rejects.toThrow('JSON')
    expect(failing.calls).toEqual(['reading', 'failed'])
  })

  test('replaces the method by which @jest/core reads configs', () => {
    const code = publishedCode(jest, '@jest/core')
    expect(code).toMatch(/require\(['"]jest-config['"]\)/)
    expect(code).toMatch(/\.readConfigs\)?\(/)
  })

  test('configReader reads a config as written', async () => {
    const project = projectWithJest(jest, { 'packages/a/package.json': '{ "jest": { "bail": 3 } }' })
    const read = configReader<object>(project)
    await expect(read(join(project, 'packages/a'))).resolves.toMatchObject({ bail: 3 })
  })
})

/** The folder of a new project in which the given Jest is installed. */
function projectWithJest(jest: JestOfTests, files: Record<string, string>): string {
  const project = projectOf({
    ...files,
    'package.json': '{}',
    'node_modules/jest/index.js': '',
    'node_modules/jest-cli/index.js': '',
  })
  symlinkSync(jest.folder('jest-config'), join(project, 'node_modules/jest-config'))
  return project
}

describe('config of an unknown Jest', () => {
  test('replacedConfigs returns the exports unchanged, and reports nothing', () => {
    const exports = { readAll: () => undefined }
    const { calls, exports: given } = replaced(exports as never)
    expect(given).toBe(exports)
    expect(calls).toEqual([])
  })

  test('configReader throws an error with a workaround', () => {
    const project = projectOf({
      ...{ 'package.json': '{}', 'node_modules/jest/index.js': '', 'node_modules/jest-cli/index.js': '' },
      'node_modules/jest-config/index.js': 'exports.readAll = 1',
    })
    const reading = () => configReader(project)
    expect(reading).toThrow(UserError)
    expect(reading).toThrow(
      /^jest-profiler: withProfiler: the Jest found from \S+ reads projects in a way that is not known from Jest 29\.7 to 30\.5\. Write the projects into the config as objects\.$/,
    )
  })

  test('configReader throws an error with the command that installs a missing Jest', () => {
    expect(() => configReader(projectOf({}))).toThrow('Run `npm install --save-dev jest` there.')
  })
})

test('presetOptions finds a preset by package and by path, with each extension', () => {
  const rootDir = projectOf({
    'node_modules/shop-preset/jest-preset.json': '{ "testEnvironment": "jsdom" }',
    'mine/jest-preset.cjs': 'exports.default = { testEnvironment: "mine" }',
  })
  const environmentOf = (preset?: string) =>
    presetOptions<{ preset?: string; testEnvironment?: string }>(
      preset === undefined ? {} : { preset },
      rootDir,
    ).testEnvironment
  expect(environmentOf('shop-preset')).toBe('jsdom')
  expect(environmentOf('<rootDir>/mine/jest-preset.cjs')).toBe('mine')
  expect([environmentOf('absent'), environmentOf()]).toEqual([undefined, undefined])
})

test('testPathPatterns reads the patterns of Jest 29 and of Jest 30, without duplicates', () => {
  expect(testPathPatterns({ nonFlagArgs: ['a'], testPathPattern: 'a' })).toEqual(['a'])
  expect(testPathPatterns({ nonFlagArgs: [], testPathPatterns: { patterns: ['a', 'b'] } })).toEqual([
    'a',
    'b',
  ])
  expect(testPathPatterns({ testPathPattern: '' })).toEqual([])
})
