import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { findOutputDir, findRun, findRunPath } from '../../src/cli/run-argument.js'
import { UserError } from '../../src/errors/user-error.js'
import { makeRunFolder, pointLatest } from '../../src/storage/run-folder.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** A project with these runs in the order of time, and a link to the last one. */
function projectWith(...ids: string[]) {
  const cwd = realpathSync(temporaryFolder())
  const outputDir = join(cwd, '.jest-profiler')
  mkdirSync(outputDir)
  for (const id of ids) pointLatest(outputDir, makeRunFolder(join(outputDir, id), id))
  return { cwd, outputDir }
}

describe('a run on the command line', () => {
  const { cwd, outputDir } = projectWith('2026-01', '2026-02', '2026-03')

  test.each([
    ['latest', '2026-03'],
    ['latest~0', '2026-03'],
    ['latest~1', '2026-02'],
    ['latest~2', '2026-01'],
    ['.jest-profiler/latest~1', '2026-02'],
    ['2026-01', '2026-01'],
    ['.jest-profiler/2026-02', '2026-02'],
  ])('%s is the run %s', (named, id) => {
    expect(realpathSync(findRunPath(named, cwd))).toBe(join(outputDir, id))
  })

  test('latest~1 is found from a folder below, too, and by an absolute path', () => {
    const below = join(cwd, 'src/deep')
    mkdirSync(below, { recursive: true })
    expect(findRunPath('latest~1', below)).toBe(join(outputDir, '2026-02'))
    expect(findRunPath(join(outputDir, 'latest~1'), '/')).toBe(join(outputDir, '2026-02'))
  })

  test('farther back than there are runs is none, and says how far one can go', () => {
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

  test('of another name is none, and says where it was looked for', () => {
    for (const named of ['2026-09', 'latest~', 'latest~-1', 'mylatest~1'])
      expect(() => findRunPath(named, cwd)).toThrow(
        `jest-profiler: there is no run ${JSON.stringify(named)}: no such folder, nor a run of that id in ${outputDir}.`,
      )
  })

  test('that is not named is the latest one', () => {
    expect(realpathSync(findRun(undefined, cwd))).toBe(join(outputDir, '2026-03'))
    expect(findOutputDir(cwd)).toBe(outputDir)
  })
})
