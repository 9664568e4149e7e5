// Problems with the folder, the disk and the installation: test results stay the same, what was recorded is reported, and
// what is missing is named.

import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { run } from './support/commands.js'
import { configs, OTHER_CELLS, outline, runAs, type SetUp } from './support/set-ups.js'
import { createSuite, NEWEST_JEST, type Suite } from './support/suite.js'

const FINE = "test('is fine', () => {})"
// Limits of processes and modes of folders are different on Windows.
const posixTest = process.platform === 'win32' ? test.skip : test
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const REMOVING = `test('removes', () => {
  require('fs').renameSync('.jest-profiler', 'gone')
})`

function scriptOf(setUp: SetUp, suite: Suite): [script: string, ...args: string[]] {
  return setUp === 'withProfiler'
    ? [join(suite.profiler, '../jest/bin/jest.js'), '--config', 'ours.config.js']
    : [join(suite.profiler, 'build/cli.js'), '--config', 'plain.config.js']
}

/** Runs the suite with a limit of `limit` KiB per file: as on a full disk, longer files cannot be written. */
function runLimited(setUp: SetUp, suite: Suite, limit: number) {
  const limited = `trap '' XFSZ; ulimit -f ${limit}; exec "$@"`
  const args = [...scriptOf(setUp, suite), '-i', '--no-cache']
  return run('bash', ['-c', limited, 'bash', process.execPath, ...args], { cwd: suite.directory })
}

/** A new folder in which the user of `runReadOnly` may write. */
function othersFolder(): string {
  const folder = temporaryFolder()
  chmodSync(folder, 0o777)
  return folder
}

/** Runs the suite as a user who may read but not write there. Root, to whom modes do not apply, uses another user for that. */
async function runReadOnly(setUp: SetUp, suite: Suite, args: readonly string[]) {
  chmodSync(suite.directory, 0o555)
  try {
    const cache = `--cacheDirectory=${othersFolder()}`
    return await run(process.execPath, [...scriptOf(setUp, suite), '-w', '2', cache, ...args], {
      cwd: suite.directory,
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    })
  } finally {
    chmodSync(suite.directory, 0o755)
  }
}

describe.each(OTHER_CELLS)('folders and disks under Jest $jestMajor with $setUp', ({ jestMajor, setUp }) => {
  const suiteOf = (title: string, files: Readonly<Record<string, string>>) =>
    createSuite(jestMajor, {
      title: `around-${title}-${setUp.replace(' ', '-')}`,
      files: { ...configs(), ...files },
    })

  test('a test that removes the output folder prevents only the recording of its own file', async () => {
    const suite = await suiteOf('removed', {
      ...configs(
        "reporters: ['default', [require.resolve('jest-profiler/reporter'), { artifacts: ['json', 'cpuprofile'] }]]",
      ),
      'a.test.js': FINE,
      'b.test.js': REMOVING,
      'c.test.js': FINE,
    })
    const finished = await runAs(setUp, suite, ['-i'])
    expect(outline(finished.report())).toEqual({
      files: ['a.test.js passed: passed', 'b.test.js passed: passed', 'c.test.js passed: passed'],
      missing: ['b.test.js: the output folder was removed while it ran'],
    })
    const unrecorded = finished.report().files.filter(({ recording }) => recording === null)
    expect(unrecorded.map(({ path }) => path)).toEqual(['b.test.js'])
    // The requested profile of the first file can no longer be written.
    expect(finished.exitCode).toBe(1)
    expect(finished.stderr).toMatch(/^jest-profiler: .* 1 of their recordings are not in the run folder\./m)
  })

  posixTest.each([
    { limit: 1, unwritten: 'report.md', missing: ['2 files (a.test.js, b.test.js)'] },
    { limit: 80, unwritten: 'report.html', missing: [] },
  ])(
    'a disk that accepts only $limit KiB per file leaves results intact, and files that could not be written are named',
    async ({ limit, unwritten, missing }) => {
      const suite = await suiteOf(`full-${limit}`, { 'a.test.js': FINE, 'b.test.js': FINE })
      const { exitCode, stderr } = await runLimited(setUp, suite, limit)
      expect(stderr).toContain('Tests:       2 passed, 2 total')
      expect(exitCode).toBe(1)
      const unrecorded = stderr.matchAll(/^ +(.*): the recording could not be written: EFBIG/gm)
      expect([...unrecorded].map(([, files]) => files)).toEqual(missing)
      expect(stderr).toContain(`jest-profiler: ${unwritten} could not be written: EFBIG`)
      expect(stderr).toContain(' Test profile  2 files · 2 tests ')
      expect(stderr).not.toMatch(/^\s+at /m)
    },
  )

  describe('in a read-only checkout', () => {
    const files = { 'a.test.js': FINE, 'b.test.js': FINE }

    posixTest('a run with another output folder is complete', async () => {
      const outputDir = join(othersFolder(), 'runs')
      const suite = await suiteOf('read-only', {
        ...files,
        'ours.config.js': `module.exports = require('jest-profiler').withProfiler(
            require('./plain.config.js'), { outputDir: ${JSON.stringify(outputDir)} })`,
      })
      const flags = setUp === 'withProfiler' ? [] : ['--output-dir', outputDir]
      const { exitCode, stderr } = await runReadOnly(setUp, suite, flags)
      expect({ exitCode, lines: stderr.match(/^jest-profiler:.*/gm) }).toEqual({ exitCode: 0, lines: null })
      const report: Report = JSON.parse(readFileSync(join(outputDir, 'latest/report.json'), 'utf8'))
      expect(outline(report)).toEqual({
        files: ['a.test.js passed: passed', 'b.test.js passed: passed'],
        missing: [],
      })
      expect(readdirSync(suite.directory)).not.toContain('.jest-profiler')
    })

    posixTest(
      'a run into the checkout is refused before any test, with one line that says what to do',
      async () => {
        const suite = await suiteOf('read-only', files)
        const { exitCode, stdout, stderr } = await runReadOnly(setUp, suite, [])
        const lines = (stdout + stderr).split('\n').filter(line => line.includes('jest-profiler:'))
        expect(lines).toEqual([
          expect.stringMatching(
            /jest-profiler: outputDir ".+\/\.jest-profiler" cannot be written: EACCES: .+\. Make it writable, or set the option "outputDir" to a writable folder\.$/,
          ),
        ])
        expect(exitCode).toBe(setUp === 'withProfiler' ? 1 : 2)
        expect(stdout + stderr).not.toMatch(/a\.test\.js|^\s+at /m)
      },
    )
  })

  test('two runs at the same time in one folder do not disturb each other', async () => {
    const suite = await suiteOf('at-once', { 'one.test.js': FINE, 'two.test.js': FINE })
    const both = await Promise.all(['one.test', 'two.test'].map(name => runAs(setUp, suite, [name])))
    for (const { exitCode, stderr } of both) {
      expect(exitCode).toBe(0)
      expect(stderr).not.toMatch(/^jest-profiler:/m)
    }
    const folder = join(suite.directory, '.jest-profiler')
    const runs = readdirSync(folder).filter(name => /^\d/.test(name))
    const reports: Report[] = runs.map(name =>
      JSON.parse(readFileSync(join(folder, name, 'report.json'), 'utf8')),
    )
    expect(reports.map(report => outline(report).files).toSorted()).toEqual([
      ['one.test.js passed: passed'],
      ['two.test.js passed: passed'],
    ])
    expect(runs).toContain(suite.savedRun().report().run.id)
  })

  test('two installed copies of the package record every file once', async () => {
    const suite = await suiteOf('copies', {
      'own/package.json': '{ "private": true }',
      'own/inner.test.js': FINE,
      'outer/outer.test.js': FINE,
      'plain.config.js': `module.exports = { testSequencer: './by-name.js', projects: ['own', 'outer'].map(name => (
          { displayName: name, rootDir: __dirname + '/' + name, testEnvironment: 'jest-profiler/node', transform: {} })) }`,
    })
    cpSync(suite.profiler, join(suite.directory, 'own/node_modules/jest-profiler'), { recursive: true })
    const finished = await runAs(setUp, suite, ['-w', '2'])
    expect(finished).toMatchObject({ exitCode: 0 })
    expect(outline(finished.report())).toEqual({
      files: ['outer/outer.test.js passed: passed', 'own/inner.test.js passed: passed'],
      missing: [],
    })
    expect(finished.report().files.filter(({ recording }) => recording === null)).toEqual([])
    expect(finished.stderr).not.toMatch(/^jest-profiler:/m)
  })
})

test('projects whose test files have the same names are kept apart', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `p${index}`)
  const suite = await createSuite(NEWEST_JEST, {
    title: 'around-projects',
    files: {
      ...Object.fromEntries(names.map(name => [`${name}/same.test.js`, FINE])),
      ...configs(),
      'plain.config.js': `module.exports = { projects: ${JSON.stringify(names)}.map(name => (
          { displayName: name, rootDir: __dirname + '/' + name, transform: {} })) }`,
    },
  })
  const finished = await runAs('npx jest-profiler', suite, ['-w', '2'])
  expect(finished).toMatchObject({ exitCode: 0 })
  const { files, missing } = finished.report()
  expect(missing).toEqual([])
  expect(files.filter(({ recording }) => recording === null)).toEqual([])
  expect(files.map(({ path, project }) => `${project} ${path}`).toSorted()).toEqual(
    names.map(name => `${name} ${name}/same.test.js`).toSorted(),
  )
})
