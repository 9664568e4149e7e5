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

/** A project with files. */
function projectOf(files: Record<string, string>): string {
  const rootDir = realpathSync(temporaryFolder())
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(rootDir, path)), { recursive: true })
    writeFileSync(join(rootDir, path), text)
  }
  return rootDir
}

/** What `@jest/core` gets of jest-config, with each call of ours. */
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

describe.each(JESTS)('configs read by Jest %s', (_version, jest) => {
  const rootDir = projectOf({ 'package.json': '{ "jest": { "testTimeout": 70 } }' })

  test('are replaced, the first time, for the core that asks', async () => {
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

  test('are shown as they are, and their errors are Jest’s', async () => {
    const shown = replaced(jest.require('jest-config'))
    await shown.exports.readConfigs({ $0: '', _: [], showConfig: true }, [rootDir])
    expect(shown.calls).toEqual(['reading'])
    const failing = replaced(jest.require('jest-config'))
    const broken = projectOf({ 'package.json': '{}', 'jest.config.json': '{' })
    await expect(failing.exports.readConfigs({ $0: '', _: [] }, [broken])).rejects.toThrow('JSON')
    expect(failing.calls).toEqual(['reading', 'failed'])
  })

  test('are what its core asks for by that name', () => {
    const code = publishedCode(jest, '@jest/core')
    expect(code).toMatch(/require\(['"]jest-config['"]\)/)
    expect(code).toMatch(/\.readConfigs\)?\(/)
  })

  test('may be read as their author wrote them', async () => {
    const project = projectWithJest(jest, { 'packages/a/package.json': '{ "jest": { "bail": 3 } }' })
    const read = configReader<object>(project)
    await expect(read(join(project, 'packages/a'))).resolves.toMatchObject({ bail: 3 })
  })
})

/** A project in which that Jest is installed. */
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

describe('a Jest of another layout', () => {
  test('is given its own exports: nothing is replaced, and no reading is reported', () => {
    const exports = { readAll: () => undefined }
    const { calls, exports: given } = replaced(exports as never)
    expect(given).toBe(exports)
    expect(calls).toEqual([])
  })

  test('that reads projects in another way is answered with the way around', () => {
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

  test('that is not there is named with the command that installs it', () => {
    expect(() => configReader(projectOf({}))).toThrow('Run `npm install --save-dev jest` there.')
  })
})

test('a preset is found by its package, its path and each of its extensions', () => {
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

test('patterns of test paths are found where Jest 29 and where Jest 30 has them, each once', () => {
  expect(testPathPatterns({ nonFlagArgs: ['a'], testPathPattern: 'a' })).toEqual(['a'])
  expect(testPathPatterns({ nonFlagArgs: [], testPathPatterns: { patterns: ['a', 'b'] } })).toEqual([
    'a',
    'b',
  ])
  expect(testPathPatterns({ testPathPattern: '' })).toEqual([])
})
