import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { findJest } from '../../src/jest/installed-jest.js'
import { temporaryFolder } from '../support/temporary-folder.js'

function jestIn(folder: string, version: string): string {
  const manifest = join(folder, 'node_modules/jest/package.json')
  mkdirSync(dirname(manifest), { recursive: true })
  writeFileSync(manifest, JSON.stringify({ name: 'jest', version }))
  return join(folder, 'node_modules/jest/bin/jest.js')
}

const NOWHERE = '/nowhere/build/launch.js'

describe('findJest', () => {
  test.each(['29.7.0', '30.0.0-beta.1', '31.2.0'])('finds version %s from a subfolder', version => {
    const project = temporaryFolder()
    const script = jestIn(project, version)
    expect(findJest(join(project, 'packages/a'), NOWHERE)).toEqual({ script, version })
  })

  test.each(['29.6.4', '28.1.3', '9.0.0'])('refuses version %s, with the command to run', version => {
    const project = temporaryFolder()
    jestIn(project, version)
    expect(() => findJest(project, NOWHERE)).toThrow(
      `jest-profiler: the project's Jest must be 29.7.0 or later, got ${version} in ${join(project, 'node_modules/jest')}. ` +
        'Run `npm install --save-dev jest@^29.7.0`.',
    )
  })

  /** The path of this package when it is installed in the folder `project`. */
  function installedIn(project: string, manifest: object): string {
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
    return join(project, 'node_modules/jest-profiler/build/launch.js')
  }

  test('falls back to the Jest of the project in which the profiler is installed', () => {
    const project = temporaryFolder()
    const script = jestIn(project, '30.5.2')
    const own = installedIn(project, { devDependencies: { jest: '*', 'jest-profiler': '*' } })
    expect(findJest(temporaryFolder(), own).script).toBe(script)
  })

  test('ignores a Jest that was only installed as a dependency of the profiler, as npx does', () => {
    const store = temporaryFolder()
    jestIn(store, '30.5.2')
    const own = installedIn(store, { dependencies: { 'jest-profiler': '*' } })
    const cwd = temporaryFolder()
    expect(() => findJest(cwd, own)).toThrow(
      `jest-profiler: Jest is not installed here: not found from ${cwd}. Run \`npm install --save-dev jest\` there.`,
    )
  })
})
