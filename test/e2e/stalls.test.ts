// A test that hangs is named while it runs and after Ctrl-C, and a worker that dies has the test that it died in.

import { expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { NEWEST_NODE, OLDEST_NODE } from './support/node-versions.js'
import { createSuite, JEST_MAJORS, NEWEST_JEST } from './support/suite.js'

const FINE = "test('is fine', () => {})\n"
const FILES = {
  'jest.config.json': '{}',
  'src/again.js': 'exports.again = function again() {\n  for (;;) Math.sqrt(2)\n}\n',
  'test/loop.test.js': `
describe('a loop', () => {
  test('is fine', () => {})
  test('never ends', () => { require('../src/again').again() })
})
`,
  'test/waits.test.js':
    "beforeAll(() => new Promise(done => setTimeout(done, 1e5)), 1e6)\ntest('waits', () => {})\n",
  'test/fine.test.js': FINE,
}

const LOOP = { status: 'interrupted', tests: ['is fine passed', 'never ends unfinished'] }

/** What a command shows of an interrupted run. */
function recorded({ stdout }: { stdout: string }) {
  const { files, missing, hotspots } = JSON.parse(stdout) as Report
  const loop = files.find(({ path }) => path === 'test/loop.test.js')
  const [hottest] = hotspots
  return {
    missing: missing.map(({ file, reason }) => `${file} ${reason}`),
    loop: loop && {
      status: loop.status,
      tests: loop.tests.map(({ name, status }) => `${name.at(-1)} ${status}`),
    },
    hottest: `${hottest?.function} ${hottest?.file}`,
  }
}

const INTERRUPTIONS = JEST_MAJORS.map((major, index) => ({
  major,
  interruptBy: index % 2 === 0 ? ('SIGINT' as const) : ('SIGTERM' as const),
}))

test.each(INTERRUPTIONS)(
  'hanging tests are told live and after $interruptBy, under Jest $major',
  async ({ major, interruptBy }) => {
    const suite = await createSuite(major, { title: 'stalls', files: FILES })
    const { stderr, exitCode, signal } = await suite.profile(['-w', '2', 'loop', 'waits', 'fine'], {
      flags: ['--stall-seconds', '2'],
      // The second time, because on a busy machine a thread may have to wait for a core.
      interruptOn: /SLOW[\s\S]*SLOW[\s\S]*SLOW[\s\S]*SLOW/,
      interruptBy,
    })
    expect(stderr).toMatch(
      /SLOW \d+\.\d+ s {2}test “a loop › never ends” {2}test\/loop\.test\.js {2}in again src\/again\.js:2\n/,
    )
    expect(stderr).toMatch(
      /SLOW \d+\.\d+ s {2}hook beforeAll {2}test\/waits\.test\.js {2}waits for timer test\/waits\.test\.js:1\n/,
    )
    expect(stderr).toMatch(
      /running: test\/loop\.test\.js: test “a loop › never ends” for \d.* s {2}in again src\/again\.js:2\n/,
    )
    expect(stderr).toMatch(/running: test\/waits\.test\.js: hook beforeAll for \d.* s {2}waits for timer /)
    expect(signal === interruptBy || exitCode !== 0).toBe(true)
    expect(recorded(await suite.command(['show', '--json']))).toMatchObject({
      missing: expect.arrayContaining([expect.stringMatching(/^test\/loop\.test\.js interrupted after /)]),
      loop: LOOP,
      hottest: 'again src/again.js',
    })
  },
)

test.each([
  { where: 'in band', args: ['-i'], node: NEWEST_NODE },
  { where: 'in worker threads', args: ['-w', '2', '--workerThreads', 'fine'], node: OLDEST_NODE },
])('$where, an endless loop is told with its line', async ({ where, args, node }) => {
  const suite = await createSuite(NEWEST_JEST, {
    title: `stalls-${where}`.replaceAll(' ', '-'),
    files: FILES,
  })
  const { stderr } = await suite.profile(['loop', ...args], {
    flags: ['--stall-seconds', '2'],
    node,
    // What is recorded so far is saved shortly before the second time.
    interruptOn: /SLOW[\s\S]*SLOW/,
  })
  expect(stderr).toMatch(
    /SLOW .* test “a loop › never ends” {2}test\/loop\.test\.js {2}in again src\/again\.js:2\n/,
  )
  const { missing, ...shown } = recorded(await suite.command(['show', '--json']))
  expect(missing).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^test\/loop\.test\.js interrupted after \d.* s in test “a loop › never ends”: in again src\/again\.js:2$/,
      ),
      expect.stringMatching(/^ the run was interrupted/),
    ]),
  )
  expect(shown).toEqual({ loop: LOOP, hottest: 'again src/again.js' })
})

const linuxTest = process.platform === 'linux' ? test : test.skip

linuxTest('a synchronous call that waits for a child process is told with its command', async () => {
  const suite = await createSuite(NEWEST_JEST, {
    title: 'blocked',
    files: {
      'jest.config.json': '{}',
      'test/exec.test.js': "test('builds', () => { require('node:child_process').execSync('sleep 5') })\n",
    },
  })
  const { stderr, exitCode } = await suite.profile(['-i'], { flags: ['--stall-seconds', '2'] })
  expect(exitCode).toBe(0)
  expect(stderr).toMatch(
    /SLOW .* test “builds” {2}test\/exec\.test\.js {2}in a synchronous call, with the child process `.*sleep 5`\n/,
  )
})

test('fifty healthy files give no line', async () => {
  const waits = "test('waits', () => new Promise(done => setTimeout(done, 20)))\n"
  const healthy = Array.from({ length: 50 }, (_, file) => [
    `test/${file}.test.js`,
    file % 2 === 0 ? FINE : waits,
  ])
  const suite = await createSuite(NEWEST_JEST, {
    title: 'healthy',
    files: { 'jest.config.json': '{}', ...Object.fromEntries(healthy) },
  })
  const { exitCode, stderr, report } = await suite.profile(['-w', '2'])
  expect(exitCode).toBe(0)
  expect(stderr).not.toMatch(/SLOW|kept alive|Left open|by force|timed out|at risk|running:/)
  const { openHandles, timeLimits, missing, files } = report()
  expect({ openHandles, timeLimits, missing }).toEqual({ openHandles: [], timeLimits: [], missing: [] })
  expect(files).toHaveLength(50)
})

test('a worker that dies has the test that it died in', async () => {
  const suite = await createSuite(NEWEST_JEST, {
    title: 'worker-dies',
    files: {
      'jest.config.json': '{}',
      'test/grow.test.js': `
const kept = []
test('is fine', () => {})
test('grows', () => { for (;;) kept.push(Array.from({ length: 1000 }, (_, i) => ({ i }))) })
`,
      'test/kill.test.js': "test('is killed', () => { process.kill(process.pid, 'SIGKILL') })\n",
      'test/fine.test.js': FINE,
    },
  })
  const finished = await suite.profile(['-w', '2'], { env: { NODE_OPTIONS: '--max-old-space-size=100' } })
  const { missing } = finished.report()
  const reasonOf = (file: string) => missing.find(entry => entry.file === file)
  expect(reasonOf('test/grow.test.js')?.reason).toMatch(/^the worker died in test “grows”: .*out of memory/)
  expect(reasonOf('test/grow.test.js')?.remedy).toMatch(/--memory/)
  expect(reasonOf('test/kill.test.js')?.reason).toMatch(/^the worker died in test “is killed”/)
  expect(finished.stderr).not.toMatch(/SLOW/)
})
