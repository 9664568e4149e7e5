// Jest's packages: their names, their files in stacks, and how to load one as the project's own Jest does.
//
// Only this folder names what is private to Jest, one concern per file. Each header lists the known versions, with links to Jest's
// source, and what happens with another layout: the profiler continues without that part, and says so.
//   packages, installed-jest             which packages there are, and where
//   runtime, runtime-methods,            modules that are loaded, resolved, mocked, transformed and compiled, reported
//   script-transformer, runtime-observer   to a `RuntimeObserver`, which takes the times
//   circus                               events of tests and hooks, reported to a `TestObserver`
//   environment-module                   test environments by name, and by docblock
//   sandbox-scripts                      source maps of what ran
//   config, file-map, environment-loading, workers, reporters, exit-code, required-modules
//                                        what `npx jest-profiler` replaces between Jest's modules
//   performance-marks, frames            what the report reads of Jest
//   module-mocks                         how the doctor replaces modules
// To support a new version: install its `@jest/core` for tests (test/support/jests.ts), run test/jest, where each failing test names
// the file to change, and raise the versions below.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/tree/v29.7.0/packages, https://github.com/jestjs/jest/tree/v30.5.2/packages
// A package that cannot be found is undefined, a version 'unknown': callers continue without, and say so.

import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Config } from '@jest/types'

export const KNOWN_VERSIONS = '29.7 to 30.5'
const LATEST_MAJOR = 30

// Packages of Jest's repository that run beside tests. Not every `jest-…` is Jest's.
const JEST_PACKAGES = new Set(
  `jest expect diff-sequences pretty-format create-cache-key-function
  jest-changed-files jest-circus jest-cli jest-config jest-console jest-diff jest-docblock jest-each
  jest-environment-jsdom jest-environment-node jest-get-type jest-haste-map jest-jasmine2 jest-leak-detector
  jest-matcher-utils jest-message-util jest-mock jest-phabricator jest-regex-util jest-repl jest-resolve
  jest-resolve-dependencies jest-runner jest-runtime jest-schemas jest-serializer jest-snapshot jest-util
  jest-validate jest-watcher jest-worker`.split(/\s+/),
)

export function isJestPackage(name: string): boolean {
  return JEST_PACKAGES.has(name) || name.startsWith('@jest/')
}

/** Whether a package of Jest builds the environment that tests run in, to which its dependencies belong. */
export function buildsEnvironment(packageName: string): boolean {
  return /^(jest-environment-jsdom|@jest\/environment-jsdom-abstract)$/.test(packageName)
}

const BELOW_TESTS =
  /[/\\]node_modules[/\\](?:@jest[/\\]|jest-(?:circus|each|runner|runtime|worker|util|mock|jasmine2|environment-node)[/\\])/

/** Whether a file belongs to the packages of Jest that call tests, hooks and modules. */
export function isJestFile(path: string): boolean {
  return BELOW_TESTS.test(path)
}

/** Whether a file belongs to the package that loads modules into the sandbox. */
export function isModuleLoader(path: string): boolean {
  return /[/\\]node_modules[/\\]jest-runtime[/\\]/.test(path)
}

/** Whether a file belongs to the package that runs tests, and does not only read the command line. */
export function isCoreFile(path: string): boolean {
  return filesOf('@jest/core').test(path)
}

/** Whether a test runner is Jest's own, by the path of its module. */
export function isJestRunner(runner: string): boolean {
  return filesOf('jest-runner').test(runner)
}

/** Returns a pattern for the paths of files in a package. */
export function filesOf(packageName: string): RegExp {
  return new RegExp(`[\\\\/]${packageName.replace('/', '[\\\\/]')}[\\\\/]`)
}

/** Where Jest's packages are resolved from: `runner` is the path of the project's test runner. */
export type JestLocation = Pick<Config.ProjectConfig, 'runner' | 'rootDir'>

/** Returns the exports of a package of Jest, on which Jest's runner depends; another runner may be outside the project. */
export function requireJest<T>({ runner, rootDir }: JestLocation, name: string): T {
  try {
    return createRequire(runner)(name)
  } catch (error) {
    // With pnpm only Jest's own packages can resolve each other.
    const viaJest = resolveInSteps(rootDir, ['jest', '@jest/core', 'jest-runner'])
    if (viaJest === undefined) throw error
    return createRequire(viaJest)(name)
  }
}

/** As `requireJest`; undefined if the package cannot be found or loaded. */
export function tryRequireJest<T>(location: JestLocation, name: string): T | undefined {
  try {
    return requireJest(location, name)
  } catch {
    return undefined
  }
}

/** As `require.resolve` in the file `from`; undefined if it throws. */
export function tryResolve(from: string, specifier: string): string | undefined {
  try {
    return createRequire(from).resolve(specifier)
  } catch {
    return undefined
  }
}

/** Returns the path of the last package, each resolved from the one before it; undefined if one cannot be found. */
export function resolveInSteps(rootDir: string, steps: readonly string[]): string | undefined {
  let from: string | undefined = join(rootDir, 'package.json')
  for (const step of steps) from = from && tryResolve(from, step)
  return from
}

/** Returns the version of the project's Jest; 'unknown' if its packages cannot be found. */
export function jestVersionOf(location: JestLocation): string {
  return tryRequireJest<{ version: string }>(location, 'jest-runtime/package.json')?.version ?? 'unknown'
}

/** Whether a version is newer than all known ones, so that its layout may differ. */
export function isNewerThanKnown(version: string): boolean {
  return Number.parseInt(version, 10) > LATEST_MAJOR
}
