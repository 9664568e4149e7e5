// The wall time of the whole command: before, between and after its test files.

import { performance } from 'node:perf_hooks'
import { describe, expect, test } from '@jest/globals'
import type { CommandReport, Report } from '../../src/report/report.js'
import { configs, OTHER_CELLS, runAs } from './support/set-ups.js'
import { createSuite, JEST_MAJORS } from './support/suite.js'

const sleeping = (milliseconds: number) =>
  `module.exports = () => new Promise(resolve => setTimeout(resolve, ${milliseconds}))`

const ADDS = "test('adds', () => expect(1 + 1).toBe(2))"

function numbered(count: number, path: (index: number) => string, text: (index: number) => string) {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [path(index), text(index)]))
}

/** The finished command, with its wall time in milliseconds by the test's own clock. */
async function timed<T>(start: () => Promise<T>): Promise<{ finished: T; tookMs: number }> {
  const started = performance.now()
  const finished = await start()
  return { finished, tookMs: performance.now() - started }
}

function commandOf({ command }: Report): CommandReport {
  if (command === null) throw new Error('nothing is known of the command')
  return command
}

function expectToAddUp({ wallMs, startUp, running, after }: CommandReport, tookMs: number): void {
  expect(startUp.wallMs + running.wallMs + after.wallMs).toBeCloseTo(wallMs, 2)
  // The start and the end of a Node process take some time that the process cannot measure.
  expect(Math.abs(tookMs - wallMs)).toBeLessThan(0.1 * tookMs + 300)
}

test.each(OTHER_CELLS)(
  'globalSetup and globalTeardown are parts of the command’s time, and the first finding: Jest $jestMajor with $setUp',
  async ({ jestMajor, setUp }) => {
    const suite = await createSuite(jestMajor, {
      title: 'command-global-hooks',
      files: {
        'up.js': sleeping(1000),
        'down.js': sleeping(600),
        'a.test.js': ADDS,
        ...configs("globalSetup: './up.js', globalTeardown: './down.js'"),
      },
    })
    const { finished, tookMs } = await timed(() => runAs(setUp, suite, []))
    expect(finished).toMatchObject({ exitCode: 0 })
    const report = finished.report()
    const command = commandOf(report)
    expectToAddUp(command, tookMs)
    for (const [ms, asked] of [
      [command.startUp.globalSetupMs, 1000],
      [command.after.globalTeardownMs, 600],
    ] as const) {
      expect(ms).toBeGreaterThan(asked - 10)
      expect(ms).toBeLessThan(asked + 500)
    }
    expect(command.startUp.wallMs).toBeGreaterThan(command.startUp.globalSetupMs ?? Number.NaN)
    expect(command.after.wallMs).toBeGreaterThan(command.after.globalTeardownMs ?? Number.NaN)
    expect(report.findings[0]).toMatchObject({
      id: 'global-setup',
      title: expect.stringMatching(/^globalSetup takes 1\.\d\d s and globalTeardown takes \d+ ms$/),
    })
    // The summary was printed before globalTeardown ran.
    expect(finished.stderr).toMatch(
      /whole command \d.* s: startup .*globalSetup 1\.\d\d s.* · test files .* · after tests /,
    )
    expect(finished.stderr).toMatch(/\njest-profiler: globalTeardown took \d+ ms/)
    // The saved run shows the same.
    const { stdout } = await suite.command(['show'])
    expect(stdout).toMatch(/whole command .* · after tests .*globalTeardown [67]\d\d ms/)
  },
)

describe.each(JEST_MAJORS)('the whole command under Jest %s', jestMajor => {
  test('coverage of files that no test loads takes most of the time after the test files, and is a finding', async () => {
    // Each source file has many functions, so instrumenting it takes some time.
    const source = (index: number) =>
      Array.from(
        { length: 60 },
        (_, row) =>
          `exports.f${row} = (a, b) => { if (a > b) return a - b; return [a, b].map(x => x * ${row + index}) }`,
      ).join('\n')
    const suite = await createSuite(jestMajor, {
      title: 'command-coverage',
      files: {
        ...numbered(8, index => `src/s${index}.js`, source),
        'a.test.js': "const { f1 } = require('./src/s0')\ntest('subtracts', () => expect(f1(3, 1)).toBe(2))",
        'jest.config.js': `module.exports = {
          collectCoverage: true, collectCoverageFrom: ['src/**/*.js'], coverageReporters: [require.resolve('./table.js')] }`,
        // Jest's own coverage reporters print to stdout, which would hide the order of outputs.
        'table.js':
          "module.exports = class { execute() { process.stderr.write('The table of coverage\\n') } }",
      },
    })
    const { finished, tookMs } = await timed(() => suite.profile(['--no-cache']))
    expect(finished).toMatchObject({ exitCode: 0 })
    const report = finished.report()
    const command = commandOf(report)
    expectToAddUp(command, tookMs)
    expect(command.after.coverageMs).toBeGreaterThan(command.after.wallMs / 2)
    expect(command.after.coverageMs).toBeLessThan(command.after.wallMs)
    expect(report.findings.map(({ id }) => id)).toContain('coverage-report')
    const printed = ['The table of coverage', 'Test profile', 'whole command', 'Tests:  ']
    const places = printed.map(text => finished.stderr.indexOf(text))
    expect(places[0]).toBeGreaterThanOrEqual(0)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(finished.stderr).toMatch(/after tests .*coverage \d/)
  })
})

test('worker restarts between files are counted, and a finding names the setting that causes them', async () => {
  const suite = await createSuite('30', {
    title: 'command-restarts',
    files: {
      ...numbered(
        6,
        index => `t${index}.test.js`,
        () => ADDS,
      ),
      'jest.config.js': "module.exports = { transform: {}, workerIdleMemoryLimit: '1KB' }",
    },
  })
  const finished = await suite.profile(['-w', '2'])
  expect(finished).toMatchObject({ exitCode: 0 })
  const { phases, totals, findings, run } = finished.report()
  const { wallMs, restarts, restartMs } = phases.betweenFiles
  // Each of two workers gets three files, or one gets a few more.
  expect(restarts).toBeGreaterThanOrEqual(2)
  expect(restartMs).toBeGreaterThan(0)
  expect(restartMs).toBeLessThanOrEqual(wallMs)
  expect(totals.betweenFilesMs).toBe(wallMs)
  expect(run.workerIdleMemoryLimit).toBe(1000)
  expect(findings.find(({ id }) => id === 'worker-restarts')).toMatchObject({
    title: `\`workerIdleMemoryLimit\` of 1 kB restarted workers ${restarts} times`,
    costMs: restartMs,
  })
  expect(finished.stderr).toMatch(/between files \(not part of any phase\): .*, \d worker restarts/)
})

test('each reporter is timed under its name', async () => {
  const reporter = (milliseconds: number) => `module.exports = class {
    async onRunComplete() { await new Promise(resolve => setTimeout(resolve, ${milliseconds})) }
  }`
  const suite = await createSuite('30', {
    title: 'command-reporters',
    files: {
      'tools/slow.js': reporter(700),
      'node_modules/quick-reporter/index.js': reporter(20),
      'a.test.js': ADDS,
      'jest.config.js':
        "module.exports = { transform: {}, reporters: ['default', './tools/slow.js', 'quick-reporter'] }",
    },
  })
  const { finished, tookMs } = await timed(() => suite.profile())
  expect(finished).toMatchObject({ exitCode: 0 })
  const report = finished.report()
  const command = commandOf(report)
  expectToAddUp(command, tookMs)
  const { reporters, reportersMs } = command.after
  const msOf = (name: string) => reporters.find(row => row.reporter === name)?.wallMs
  expect(msOf('slow.js')).toBeGreaterThan(690)
  expect(msOf('slow.js')).toBeLessThan(1200)
  expect(msOf('quick-reporter')).toBeGreaterThan(15)
  expect(reportersMs).toBeCloseTo(
    reporters.reduce((sum, { wallMs }) => sum + wallMs, 0),
    2,
  )
  expect(report.findings.find(({ id }) => id === 'slow-reporters')).toMatchObject({
    // Node's timers may fire a millisecond early.
    evidence: expect.stringMatching(/slow\.js (?:699|7\d\d) ms/),
  })
})
