// With Jest's flags and settings that change the course of a run, the run is the same as without the profiler, and is recorded.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CELLS, configs, outline, runAs } from './support/set-ups.js'
import { createSuite, WARNING } from './support/suite.js'

const FILES = {
  ...configs('...(process.env.MEMORY_LIMIT ? { workerIdleMemoryLimit: 1 } : {})'),
  'bad.test.js': "test('fails', () => { throw new Error('on purpose') })",
  'dom.test.js':
    "/** @jest-environment jest-profiler/jsdom */\ntest('dom', () => { document.body.innerHTML = '<p>' })",
  'few.test.js': `
const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
beforeEach(() => sleep(1))
test('passes', () => sleep(5))
test.skip('is skipped', () => {})`,
  'leaking.test.js': "test('leaks', () => { require('events').leaked = () => globalThis })",
  'open.test.js': "test('leaves a server', done => { require('net').createServer().listen(0, done) })",
  'other.test.js': "test('is another', () => {})",
  'shuffled.test.js': `
test.each([1, 2, 3])('burns %i', n => { const end = Date.now() + n * 20; while (Date.now() < end); })
test('fails', () => { throw new Error('on purpose') })
test.skip('is skipped', () => {})`,
}
const FEW = 'few.test.js passed: passed, skipped'
const OTHER = 'other.test.js passed: passed'

describe.each(CELLS)('flags of Jest $jestMajor with $setUp', ({ jestMajor, setUp }) => {
  const suiteOf = () => createSuite(jestMajor, { title: `flags-${setUp.replace(' ', '-')}`, files: FILES })

  test.each([
    {
      setting: '--forceExit with --inspect',
      args: ['few', 'open', '-w', '2', '--forceExit'],
      options: { nodeArgs: ['--inspect=127.0.0.1:0'] },
      files: [FEW, 'open.test.js passed: passed'],
    },
    {
      setting: 'workerIdleMemoryLimit',
      args: ['dom', 'few', 'other', '-w', '2'],
      options: { env: { MEMORY_LIMIT: '1' } },
      files: ['dom.test.js passed: passed', FEW, OTHER],
    },
    { setting: '--shard', args: ['few', 'other', '--shard=2/2'], files: [expect.any(String)] },
  ])(
    '$setting does not affect the profiler: every file is recorded, without a warning',
    async ({ args, files, options }) => {
      const finished = await runAs(setUp, await suiteOf(), args, options)
      expect(finished).toMatchObject({ exitCode: 0 })
      expect(outline(finished.report())).toEqual({ files, missing: [] })
      expect(finished.report().files.filter(({ recording }) => recording === null)).toEqual([])
      expect(finished.stderr).not.toMatch(WARNING)
    },
  )

  test('--detectOpenHandles lists what tests left open, and nothing of the profiler', async () => {
    const args = ['few', 'open', '--detectOpenHandles', '--forceExit']
    const finished = await runAs(setUp, await suiteOf(), args)
    expect(finished.stderr).toContain('Jest has detected the following 1 open handle ')
    expect(outline(finished.report())).toEqual({
      files: [FEW, 'open.test.js passed: passed'],
      missing: [],
    })
    expect(finished.report().run.detectOpenHandles).toBe(true)
  })

  test.each([
    { mode: 'in band', args: ['-i'] },
    { mode: 'in workers', args: ['-w', '2'] },
  ])('--detectLeaks $mode fails the test files that leak, and no others', async ({ args }) => {
    const all = ['dom', 'few', 'leaking', 'other', ...args, '--detectLeaks']
    const finished = await runAs(setUp, await suiteOf(), all)
    expect(finished).toMatchObject({ exitCode: 1 })
    expect(finished.stderr.match(/^(PASS|FAIL) \S+/gm)?.toSorted()).toEqual([
      'FAIL ./leaking.test.js',
      'PASS ./dom.test.js',
      'PASS ./few.test.js',
      'PASS ./other.test.js',
    ])
    expect(finished.report().files.filter(({ recording }) => recording !== null)).toHaveLength(4)
  })

  test('--bail in band keeps the finished files, and says which did not run', async () => {
    const finished = await runAs(setUp, await suiteOf(), ['bad', 'few', 'other', '-i', '--bail'])
    expect(finished).toMatchObject({ exitCode: 1 })
    expect(outline(finished.report())).toEqual({
      files: ['bad.test.js failed: failed'],
      missing: [': 2 test files did not run, because Jest ended first'],
    })
    expect(finished.stderr).toContain('ended first. Run without --bail to record them all.')
  })

  test('--bail in workers keeps the finished files, and prints one report', async () => {
    const finished = await runAs(setUp, await suiteOf(), ['bad', 'few', 'other', '-w', '2', '--bail'])
    expect(finished).toMatchObject({ exitCode: 1 })
    expect(outline(finished.report()).files).toContain('bad.test.js failed: failed')
    expect(finished.stderr.match(/Test profile/g)).toHaveLength(1)
  })

  test('every test keeps its own figures with --randomize', async () => {
    const finished = await runAs(setUp, await suiteOf(), ['shuffled', '--randomize', '--seed=7'])
    expect(finished.exitCode).toBe(1)
    const tests = finished.report().files.flatMap(file => file.tests)
    const startOf = new Map(tests.map(row => [row.fullName, row.startedAtMs]))
    expect(startOf.get('burns 3')).toBeLessThan(startOf.get('burns 2') ?? 0)
    const byName = tests.toSorted((a, b) => a.fullName.localeCompare(b.fullName))
    expect(byName.map(row => `${row.fullName} ${row.status}`)).toEqual([
      'burns 1 passed',
      'burns 2 passed',
      'burns 3 passed',
      'fails failed',
      'is skipped skipped',
    ])
    // A busy machine makes a test longer, never shorter: figures of another test would be too short for one of them.
    for (const [at, row] of byName.slice(0, 3).entries())
      expect(row.wallMs).toBeGreaterThanOrEqual((at + 1) * 20 - 1)
  })

  test('--collectTests runs no test and writes nothing', async () => {
    const suite = await suiteOf()
    const plain = await runAs(undefined, suite, ['few', '--collectTests'])
    const { exitCode, stdout, stderr } = await runAs(setUp, suite, ['few', '--collectTests'])
    expect({ exitCode, stdout }).toEqual({ exitCode: plain.exitCode, stdout: plain.stdout })
    // Jest 29 does not have this flag.
    expect(stderr.replaceAll(/\d/g, '')).toBe(plain.stderr.replaceAll(/\d/g, ''))
    expect(existsSync(join(suite.directory, '.jest-profiler'))).toBe(false)
  })
})
