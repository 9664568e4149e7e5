import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { findOutputDir, findRun, findRunPath } from '../../src/cli/run-argument.js'
import { UserError } from '../../src/errors/user-error.js'
import { makeRunFolder, pointLatest } from '../../src/storage/run-folder.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** A project with these runs, oldest first, and a link to the latest one. */
function projectWith(...ids: string[]) {
  const cwd = realpathSync(temporaryFolder())
  const outputDir = join(cwd, '.jest-profiler')
  mkdirSync(outputDir)
  for (const id of ids) pointLatest(outputDir, makeRunFolder(join(outputDir, id), id))
  return { cwd, outputDir }
}

describe('A run on the command line', () => {
  const { cwd, outputDir } = projectWith('2026-01', '2026-02', '2026-03')

  test.each([
    ['latest', '2026-03'],
    ['latest~0', '2026-03'],
    ['latest~1', '2026-02'],
    ['latest~2', '2026-01'],
    ['.jest-profiler/latest~1', '2026-02'],
    ['2026-01', '2026-01'],
    ['.jest-profiler/2026-02', '2026-02'],
  ])('named %s is the run %s', (named, id) => {
    expect(realpathSync(findRunPath(named, cwd))).toBe(join(outputDir, id))
  })

  test('named latest~1 is found from a subfolder, and by an absolute path', () => {
    const below = join(cwd, 'src/deep')
    mkdirSync(below, { recursive: true })
    expect(findRunPath('latest~1', below)).toBe(join(outputDir, '2026-02'))
    expect(findRunPath(join(outputDir, 'latest~1'), '/')).toBe(join(outputDir, '2026-02'))
  })

  test('older than the oldest is rejected, with the name of the oldest', () => {
    expect(() => findRunPath('latest~3', cwd)).toThrow(
      new UserError(
        `jest-profiler: there is no run latest~3 in ${outputDir}: the oldest is latest~2. ` +
          '`npx jest-profiler list` lists the runs.',
      ),
    )
    const empty = projectWith()
    expect(() => findRunPath('latest~1', empty.cwd)).toThrow(
      `there is no run latest~1 in ${empty.outputDir}: there is none.`,
    )
  })

  test('with an unknown name is rejected, with the searched folder', () => {
    for (const named of ['2026-09', 'latest~', 'latest~-1', 'mylatest~1'])
      expect(() => findRunPath(named, cwd)).toThrow(
        `jest-profiler: there is no run ${JSON.stringify(named)}: no such folder, nor a run of that id in ${outputDir}.`,
      )
  })

  test('is the latest run by default', () => {
    expect(realpathSync(findRun(undefined, cwd))).toBe(join(outputDir, '2026-03'))
    expect(findOutputDir(cwd)).toBe(outputDir)
  })
})
