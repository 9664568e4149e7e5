import { describe, expect, test } from '@jest/globals'
import {
  filesOf,
  isJestFile,
  isJestPackage,
  isModuleLoader,
  isNewerThanKnown,
  jestVersionOf,
  requireJest,
  tryRequireJest,
} from '../../src/jest/packages.js'
import { JESTS } from '../support/jests.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe.each(JESTS)('of Jest %s', (version, jest) => {
  test('packages are found from its runner, as is its version', () => {
    expect(jestVersionOf(jest.location)).toMatch(new RegExp(`^${version}\\.`))
    expect(requireJest(jest.location, 'jest-resolve')).toHaveProperty('default')
  })

  test('files belong to the packages by which they are found', () => {
    expect(isModuleLoader(`${jest.folder('jest-runtime')}/build/index.js`)).toBe(true)
    expect(filesOf('jest-runner').test(jest.location.runner)).toBe(true)
    for (const name of ['jest-circus', 'jest-each', 'jest-worker', '@jest/transform'])
      expect([name, isJestFile(`${jest.folder(name)}/build/index.js`)]).toEqual([name, true])
  })
})

test('names distinguish Jest’s packages from others that begin alike', () => {
  expect(['jest-circus', '@jest/core', 'expect'].map(isJestPackage)).toEqual([true, true, true])
  expect(['jest-profiler', 'jest-dom', '@jestify/core'].map(isJestPackage)).toEqual([false, false, false])
})

describe('a Jest that cannot be found', () => {
  const nowhere = { runner: `${temporaryFolder()}/runner.js`, rootDir: temporaryFolder() }

  test('has no packages, and an unknown version', () => {
    expect(tryRequireJest(nowhere, 'jest-no-such-package')).toBeUndefined()
    expect(() => requireJest(nowhere, 'jest-no-such-package')).toThrow('jest-no-such-package')
    expect(jestVersionOf({ ...nowhere, runner: '/nowhere/runner.js' })).toBe('unknown')
  })
})

test('versions after the latest known major are newer', () => {
  expect(['31.0.0-alpha.1', '30.9.0', '29.7.0', 'unknown'].map(isNewerThanKnown)).toEqual([
    ...[true, false, false, false],
  ])
})
