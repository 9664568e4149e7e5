// The versions of Jest that are installed for tests of src/jest: the oldest that is supported, and the one that runs these tests.

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { JestLocation } from '../../src/jest/packages.js'

export interface JestOfTests {
  /** A file of `@jest/core`, from which all of Jest's packages can be found. */
  readonly core: string
  readonly location: JestLocation
  require<T>(name: string): T
  /** Folder of one of its packages. */
  folder(name: string): string
}

const own = createRequire(import.meta.url)

function jestAt(core: string): JestOfTests {
  const fromCore = createRequire(core)
  return {
    core,
    location: { runner: fromCore.resolve('jest-runner'), rootDir: '/nowhere' },
    require: name => fromCore(name),
    folder: name => dirname(name === '@jest/core' ? core : fromCore.resolve(`${name}/package.json`)),
  }
}

const current = createRequire(own.resolve('jest/package.json'))

export const JESTS: readonly [[version: string, jest: JestOfTests], [version: string, jest: JestOfTests]] = [
  ['29.7', jestAt(own.resolve('jest-core-29/package.json'))],
  ['30', jestAt(current.resolve('@jest/core/package.json'))],
]

/** A project's config with all that Jest's modules read of it, in the versions above. */
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
