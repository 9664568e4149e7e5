// The doctor on suites with a known cause of lost time, and on those that it cannot examine.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { DoctorAnswer } from '../../src/doctor/answer.js'
import { createSuite, JEST_MAJORS, NEWEST_JEST, type Suite } from './support/suite.js'

const burn = (milliseconds: number) => `
const end = process.hrtime.bigint() + ${milliseconds}n * 1000000n
while (process.hrtime.bigint() < end);
`
const PLAIN = "test('adds', () => { expect(1 + 1).toBe(2) })\n"

/** One test file of seven uses what the set-up file brings. It takes half of the time, so that no busy machine hides it. */
const FILES = {
  'jest.config.json': JSON.stringify({ setupFilesAfterEnv: ['<rootDir>/set-up.js'], maxWorkers: 2 }),
  'set-up.js': `${burn(700)}global.helper = () => 1\n`,
  ...Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`test/plain-${index}.test.js`, PLAIN])),
  'test/helped.test.js':
    "test('is helped', () => { expect(helper()).toBe(1); expect({ a: 1 }).toMatchSnapshot() })\n",
  'test/__snapshots__/helped.test.js.snap':
    '// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\nexports[`is helped 1`] = `\n{\n  "a": 1,\n}\n`;\n',
}

const filesOf = ({ directory }: Suite) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(path => !/^\.jest-(profiler|cache)/.test(path))
    .toSorted()

describe.each(JEST_MAJORS)('the doctor under Jest %s', jestMajor => {
  let suite: Suite
  let before: string[]
  let answer: DoctorAnswer
  let stderr: string

  beforeAll(async () => {
    suite = await createSuite(jestMajor, { title: 'doctor', files: FILES })
    before = filesOf(suite)
    const finished = await suite.command([
      ...['doctor', '--only', 'without-set-up', '--budget', '3', '--json'],
      ...['--', '--coverage', `--cacheDirectory=${join(suite.directory, '.jest-cache')}`],
    ])
    expect(finished).toMatchObject({ exitCode: 0 })
    answer = JSON.parse(finished.stdout)
    stderr = finished.stderr
  })

  const candidate = (name: string) => answer.candidates.find(entry => entry.name === name)

  test('finds that a set-up file is not needed by six of seven test files, and what that saves', () => {
    const found = candidate('without-set-up:set-up.js')
    expect(found?.verdict).toBe('pays')
    expect(found?.files).toHaveLength(6)
    expect(found?.forbiddenBy).toEqual([
      { file: 'test/helped.test.js', reason: expect.stringContaining('“is helped” passed before, failed') },
    ])
    // Of 4,200 ms. On a crowded machine a run's wall time may vary by more than that; the verdict says that it is less, and its CPU time
    // says by how much.
    expect(found?.saved?.wallMs).toBeGreaterThan(0)
    expect(found?.saved?.cpuMs ?? Number.POSITIVE_INFINITY).toBeGreaterThan(840)
    expect(found?.patch).toContain("'<rootDir>/test/helped.test.js'")
    expect(answer.together?.isConfirmed).toBe(true)
    expect(answer.together?.changedMs).toBeLessThan(answer.together?.baseMs ?? 0)
  })

  test('tries the candidates that were asked for, and no other', () => {
    expect(answer.candidates.map(({ name }) => name)).toEqual(['without-set-up:set-up.js'])
  })

  test('says what it does while it does it', () => {
    expect(stderr).toMatch(
      /profiling the suite once[\s\S]*the plain suite\n[\s\S]*1 change to try in at most/,
    )
  })

  test('writes nothing beside its own folder', () => {
    expect(filesOf(suite)).toEqual(before)
    const run = join(suite.directory, '.jest-profiler', answer.runId)
    expect(readdirSync(join(run, 'doctor')).toSorted()).toEqual(['doctor.html', 'doctor.json', 'doctor.md'])
    expect(JSON.parse(readFileSync(join(run, 'doctor/doctor.json'), 'utf8'))).toEqual(answer)
    expect(readFileSync(join(run, 'report.md'), 'utf8')).toContain('## Doctor')
  })

  test('measures CPU time and memory where the system tells them', () => {
    const isLinux = process.platform === 'linux'
    expect(answer.base.cpuMs !== null).toBe(isLinux)
    expect(answer.base.peakBytes !== null).toBe(isLinux)
  })
})

describe('the doctor', () => {
  const suiteOf = (title: string, files: Record<string, string>) =>
    createSuite(NEWEST_JEST, { title: `doctor-${title}`, files: { 'jest.config.json': '{}', ...files } })

  test('ends with 1 and names the tests if the suite fails without any change', async () => {
    const suite = await suiteOf('failing', {
      'test/a.test.js': "test('is broken', () => { throw new Error('no') })\n",
      'test/b.test.js': PLAIN,
    })
    const { exitCode, stderr } = await suite.command(['doctor'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/1 test file fails without any change: test\/a\.test\.js › is broken\. Repair/)
  })

  test('leaves out a file whose results change from run to run, by name', async () => {
    const flaky =
      "const { existsSync, writeFileSync, rmSync } = require('fs')\n" +
      "const mark = require('path').join(__dirname, '../mark')\n" +
      "test('is flaky', () => { const was = existsSync(mark); if (was) rmSync(mark); else writeFileSync(mark, ''); expect(was).toBe(true) })\n"
    const suite = await suiteOf('flaky', {
      'test/a.test.js': flaky,
      'test/b.test.js': PLAIN,
      'test/c.test.js': PLAIN,
    })
    const { exitCode, stdout } = await suite.command(['doctor', '--set', 'maxConcurrency=9', '--only', 'set'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Left out, because its results change from run to run: test\/a\.test\.js/)
    expect(stdout).toMatch(/maxConcurrency: 9/)
    expect(stdout).not.toMatch(/What pays/)
  })

  test('with --dry-run prints the candidates and tries none', async () => {
    const suite = await suiteOf('dry', { ...FILES })
    const { exitCode, stdout, stderr } = await suite.command(['doctor', '--dry-run'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Not tried[\s\S]*without set-up file set-up\.js[\s\S]*loading it takes/)
    expect(stderr).not.toMatch(/to try in at most/)
  })

  test('prints what is known when it is interrupted', async () => {
    const suite = await suiteOf('interrupted', { ...FILES })
    const { stdout, signal } = await suite.command(['doctor'], { interruptOn: /\n.* 1 of \d+:/ })
    expect(signal).toBeNull()
    expect(stdout).toMatch(/Interrupted: what follows is what was known then/)
    expect(stdout).toMatch(/plain suite \d/)
  })

  test.each([
    [['--only', 'no-such'], /^jest-profiler: --only no-such: there is no such candidate for this suite\. /m],
    [
      ['--set', 'maxWorker=3'],
      /^jest-profiler: --set maxWorker=3: Jest's config has no option "maxWorker"\. Did you mean maxWorkers\?/m,
    ],
    [['--budget', 'long'], /^jest-profiler: --budget must be a positive number of minutes, got "long"\./m],
    [['--watch'], /^jest-profiler: doctor runs the suite many times and ends, so --watch makes no sense\./m],
    [['--top-n', '3'], /^jest-profiler: --top-n is for running tests, and doctor profiles them by itself\./m],
    [['--', 'no-such-file'], /^jest-profiler: doctor: no test was recorded, so there is nothing to try\./m],
  ])('refuses %j in a line, with exit code 2', async (args, message) => {
    const suite = await suiteOf('refused', { 'test/b.test.js': PLAIN })
    const { exitCode, stderr } = await suite.command(['doctor', ...args])
    expect(stderr).toMatch(message)
    expect(exitCode).toBe(2)
  })
})
