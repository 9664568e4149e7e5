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

describe.each(JESTS)('packages of Jest %s', (version, jest) => {
  test('are found from the runner, with their version', () => {
    expect(jestVersionOf(jest.location)).toMatch(new RegExp(`^${version}\\.`))
    expect(requireJest(jest.location, 'jest-resolve')).toHaveProperty('default')
  })

  test('are recognized by their files', () => {
    expect(isModuleLoader(`${jest.folder('jest-runtime')}/build/index.js`)).toBe(true)
    expect(filesOf('jest-runner').test(jest.location.runner)).toBe(true)
    for (const name of ['jest-circus', 'jest-each', 'jest-worker', '@jest/transform'])
      expect([name, isJestFile(`${jest.folder(name)}/build/index.js`)]).toEqual([name, true])
  })
})

test('isJestPackage distinguishes Jest’s packages from packages with similar names', () => {
  expect(['jest-circus', '@jest/core', 'expect'].map(isJestPackage)).toEqual([true, true, true])
  expect(['jest-profiler', 'jest-dom', '@jestify/core'].map(isJestPackage)).toEqual([false, false, false])
})

describe('packages of a missing Jest', () => {
  const nowhere = { runner: `${temporaryFolder()}/runner.js`, rootDir: temporaryFolder() }

  test('are undefined, with an unknown version', () => {
    expect(tryRequireJest(nowhere, 'jest-no-such-package')).toBeUndefined()
    expect(() => requireJest(nowhere, 'jest-no-such-package')).toThrow('jest-no-such-package')
    expect(jestVersionOf({ ...nowhere, runner: '/nowhere/runner.js' })).toBe('unknown')
  })
})

test('isNewerThanKnown is true for versions after the latest known major version', () => {
  expect(['31.0.0-alpha.1', '30.9.0', '29.7.0', 'unknown'].map(isNewerThanKnown)).toEqual([
    ...[true, false, false, false],
  ])
})
