// The versions of Jest that are installed for tests of src/jest: the oldest supported one, and the one that runs these tests.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { JestLocation } from '../../src/jest/packages.js'
import { temporaryFolder } from './temporary-folder.js'

export interface JestOfTests {
  /** A file of `@jest/core`, from which all of Jest's packages can be resolved. */
  readonly core: string
  readonly location: JestLocation
  require<T>(name: string): T
  /** Path of the main module of a package of this Jest. */
  resolve(name: string): string
  /** Folder of a package of this Jest. */
  folder(name: string): string
}

const require = createRequire(import.meta.url)

function jestAt(core: string): JestOfTests {
  const fromCore = createRequire(core)
  return {
    core,
    location: { runner: fromCore.resolve('jest-runner'), rootDir: '/nowhere' },
    require: name => fromCore(name),
    resolve: name => fromCore.resolve(name),
    folder: name => dirname(name === '@jest/core' ? core : fromCore.resolve(`${name}/package.json`)),
  }
}

const current = createRequire(require.resolve('jest/package.json'))

export const JESTS: readonly [[version: string, jest: JestOfTests], [version: string, jest: JestOfTests]] = [
  ['29.7', jestAt(require.resolve('jest-core-29/package.json'))],
  ['30', jestAt(current.resolve('@jest/core/package.json'))],
]

/** The location of a Jest with another layout, which has packages with the given code. */
export function otherJest(packages: Readonly<Record<string, string>>): JestLocation {
  const modules = join(temporaryFolder(), 'node_modules')
  for (const [name, code] of Object.entries(packages)) {
    mkdirSync(join(modules, name), { recursive: true })
    writeFileSync(join(modules, name, 'index.js'), code)
  }
  return { runner: join(modules, 'jest-runner/build/index.js'), rootDir: '/nowhere' }
}

/** A project's config with all options that the modules of these Jest versions read. */
export function projectConfig(rootDir: string, given: object = {}): object {
  return {
    id: 'p',
    automock: false,
    cache: true,
    cacheDirectory: join(rootDir, '.cache'),
    cwd: rootDir,
    dependencyExtractor: null,
    extensionsToTreatAsEsm: [],
    fakeTimers: {},
    globals: {},
    haste: { computeSha1: false, throwOnModuleCollision: false },
    injectGlobals: true,
    moduleDirectories: ['node_modules'],
    moduleFileExtensions: ['js', 'mjs'],
    moduleNameMapper: [],
    modulePathIgnorePatterns: [],
    modulePaths: [],
    rootDir,
    roots: [rootDir],
    sandboxInjectedGlobals: [],
    setupFiles: [],
    testEnvironmentOptions: {},
    testMatch: [],
    testRegex: [],
    transform: [],
    transformIgnorePatterns: [],
    unmockedModulePathPatterns: [],
    watchPathIgnorePatterns: [],
    ...given,
  }
}

/** The published code of a package of a Jest. */
export function publishedCode(jest: JestOfTests, name: string): string {
  const build = join(jest.folder(name), 'build')
  return readdirSync(build, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.js'))
    .map(path => readFileSync(join(build, path), 'utf8'))
    .join('\n')
}
