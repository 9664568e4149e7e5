// Where the wall time of suites goes that spend it on purpose: phases, imports, hooks, waits, leaks.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { WaitReport } from '../../../src/report/account-reports.js'
import type { CallReport } from '../../../src/report/code-reports.js'
import type { FileReport, TestReport } from '../../../src/report/file-report.js'
import type { Report } from '../../../src/report/report.js'
import { FIXTURES } from '../support/cache.js'
import { NODE_MAJORS } from '../support/node-versions.js'
import { createSuite, JEST_MAJORS } from '../support/suite.js'

const linesOf = (path: string) => readFileSync(join(FIXTURES, 'suites/accounts', path), 'utf8').split('\n')

/** Node versions that record waits by default. A run for older versions only uses one of these. */
const RECORDING_NODES = NODE_MAJORS.filter(major => Number(major) >= 24)
const WAITING_NODES = { 29: RECORDING_NODES[0] ?? '24', 30: RECORDING_NODES.at(-1) ?? '24' }

/** Number of test files that import the expensive module, which takes 80 ms in each. */
const HEAVY_FILES = 10

/** The same for ES modules, whose self time comes from samples: V8 skips some of these after compiling much code. */
const HEAVY_MODULE_FILES = 5

const HEAVY_TEST = `
const { name } = require('../src/middle.cjs')
test('imports what is dear', () => {
  expect(name).toBe('middle')
})
`

const HEAVY_MODULE_TEST = `
import { name } from '../src/middle.mjs'
test('imports an ES module that is dear', () => {
  expect(name).toBe('middle')
})
`

function fileOf({ files }: Report, path: string): FileReport {
  const file = files.find(row => row.path === path)
  if (file === undefined) throw new Error(`${path} is not among ${files.map(row => row.path).join(', ')}`)
  return file
}

function testOf(report: Report, path: string, fullName: string): TestReport {
  const found = fileOf(report, path).tests.find(row => row.fullName === fullName)
  if (found === undefined) throw new Error(`${path} has no test "${fullName}"`)
  return found
}

/** Lines of a fixture that end with the given comment. */
function linesWith(path: string, comment: string): number[] {
  return linesOf(path).flatMap((text, index) => (text.endsWith(`// ${comment}`) ? [index + 1] : []))
}

/** Waits that one of the lines started, directly or through a helper, with only the share of these lines. */
function waitsAt(report: Report, path: string, lines: readonly number[]): WaitReport[] {
  const isAt = (call: CallReport | null) => call?.file === path && lines.includes(call.line)
  return report.waits.flatMap(row => {
    if (isAt(row.startedAt)) return [row]
    const callers = row.callers.filter(isAt)
    if (callers.length === 0) return []
    const sum = (key: 'count' | 'totalMs') => callers.reduce((all, caller) => all + caller[key], 0)
    return [{ ...row, count: sum('count'), totalMs: sum('totalMs') }]
  })
}

function waitsAtComment(report: Report, path: string, comment: string): WaitReport[] {
  return waitsAt(report, path, linesWith(path, comment))
}

function expectWithin(actual: number | null | undefined, expected: number, share: number): void {
  expect(actual).toBeGreaterThan(expected * (1 - share))
  expect(actual).toBeLessThan(expected * (1 + share))
}

/** Fixtures compute until a given time has passed; on a busy machine they have no core for some of it. */
function ranOrReady(times: { cpuMs: number | null; readyMs: number | null } | undefined): number {
  return (times?.cpuMs ?? 0) + (times?.readyMs ?? 0)
}

function expectPhasesToAddUp({ files, phases, totals }: Report): void {
  for (const { phases: own, wallMs, cpuMs, idleMs } of files) {
    const times = Object.values(own ?? {})
    expect(Math.abs(times.reduce((sum, phase) => sum + phase.wallMs, 0) - wallMs)).toBeLessThan(1)
    expect(Math.abs(times.reduce((sum, phase) => sum + phase.cpuMs, 0) - (cpuMs ?? 0))).toBeLessThan(1)
    expect(Math.abs(times.reduce((sum, phase) => sum + phase.idleMs, 0) - (idleMs ?? 0))).toBeLessThan(1)
  }
  const { betweenFiles: _, ...ofFiles } = phases
  const sum = Object.values(ofFiles).reduce((total, phase) => total + phase.wallMs, 0)
  expect(Math.abs(sum - totals.fileWallMs)).toBeLessThan(files.length)
}

describe.each(JEST_MAJORS)('accounts of time under Jest %s', jestMajor => {
  describe('phases, imports and hooks', () => {
    let report: Report

    beforeAll(async () => {
      const suite = await createSuite(jestMajor, {
        name: 'accounts',
        title: 'accounts',
        files: Object.fromEntries([
          ...Array.from({ length: HEAVY_FILES }, (_, index) => [
            `imports/heavy-${index}.test.js`,
            HEAVY_TEST,
          ]),
          ...Array.from({ length: HEAVY_MODULE_FILES }, (_, index) => [
            `imports/heavy-${index}.test.mjs`,
            HEAVY_MODULE_TEST,
          ]),
        ]),
      })
      const nodeArgs = ['--experimental-vm-modules', '--no-warnings']
      const finished = await suite.jest(['-w', '2', 'imports/', 'lazy', 'hooks'], { nodeArgs })
      expect(finished).toMatchObject({ exitCode: 0 })
      report = finished.report()
      expect(report.missing).toEqual([])
    })

    test('the phases of each file, and of the run, add up to its wall time', () => {
      expectPhasesToAddUp(report)
    })

    test('set-up files before and after the environment have their own phases', () => {
      for (const { phases } of report.files) {
        expect(ranOrReady(phases?.setupFiles)).toBeGreaterThan(36)
        expect(phases?.setupFiles.wallMs).toBeLessThan(200)
        expect(ranOrReady(phases?.setupFilesAfterEnv)).toBeGreaterThan(27)
        expect(phases?.framework.wallMs).toBeGreaterThan(5)
        expect(phases?.environment.wallMs).toBeGreaterThan(0.1)
      }
    })

    test('a module that takes 80 ms to import in 10 files has one row with 800 ms and its import chain', () => {
      const row = report.imports.find(({ module }) => module === 'src/heavy.cjs')
      // The three other loads are in lazy.test.js.
      expect(row).toMatchObject({ files: HEAVY_FILES + 1, loads: HEAVY_FILES + 3, category: 'source' })
      expectWithin(row?.phases.imports, HEAVY_FILES * 80, 0.1)
      expect(row?.importers).toEqual([{ module: 'src/middle.cjs', files: HEAVY_FILES + 1 }])
      expect(row?.chain.slice(1)).toEqual(['src/middle.cjs', 'src/heavy.cjs'])
    })

    test('nested imports count in a module’s total time and savings, but not in its self time', () => {
      const middle = report.imports.find(({ module }) => module === 'src/middle.cjs')
      const heavy = report.imports.find(({ module }) => module === 'src/heavy.cjs')
      expect(middle?.selfMs).toBeLessThan(0.3 * (heavy?.selfMs ?? 0))
      expect(middle?.totalMs).toBeGreaterThan(heavy?.selfMs ?? Number.POSITIVE_INFINITY)
      expect(middle?.savedMs).toBeGreaterThan(heavy?.savedMs ?? Number.POSITIVE_INFINITY)
    })

    test('imports within tests belong to the tests’ phase', () => {
      const row = report.imports.find(({ module }) => module === 'src/heavy.cjs')
      expectWithin(row?.phases.tests, 3 * 80, 0.15)
      for (const test of fileOf(report, 'test/lazy.test.js').tests)
        expect(ranOrReady(test)).toBeGreaterThan(70)
    })

    test('an ES module has a row as well, with the time of its own code', () => {
      const row = report.imports.find(({ module }) => module === 'src/heavy.mjs')
      expect(row).toMatchObject({
        ...{ files: HEAVY_MODULE_FILES, loads: HEAVY_MODULE_FILES },
        importers: [{ module: 'src/middle.mjs', files: HEAVY_MODULE_FILES }],
      })
      expectWithin(row?.evaluateMs, HEAVY_MODULE_FILES * 80, 0.15)
      expect(row?.chain).toEqual([
        expect.stringMatching(/^imports\/heavy-\d\.test\.mjs$/),
        'src/middle.mjs',
        'src/heavy.mjs',
      ])
    })

    test('hooks have one row for each type, describe block and position', () => {
      const rows = report.hooks
        .filter(({ file }) => file === 'test/hooks.test.js')
        .map(({ type, describe: names, line, count }) => ({ type, names, line, count }))
      expect(rows).toHaveLength(4)
      expect(rows).toEqual(
        expect.arrayContaining([
          { type: 'beforeAll', names: [], line: 3, count: 1 },
          { type: 'beforeEach', names: ['a catalogue'], line: 6, count: 6 },
          { type: 'afterEach', names: ['a catalogue'], line: 7, count: 6 },
          { type: 'afterAll', names: [], line: 12, count: 1 },
        ]),
      )
      const [each, after] = ['beforeEach', 'afterEach'].map(type =>
        report.hooks.find(row => row.file === 'test/hooks.test.js' && row.type === type),
      )
      // A loop that loses its core shortly before its end is late by the time without one, but computes no longer.
      expect(ranOrReady(each)).toBeGreaterThan(0.85 * 6 * 20)
      expect(each?.cpuMs).toBeLessThan(1.15 * 6 * 20)
      // Samples between a timer and the core that its callback waits for are time without a core.
      expect((after?.idleMs ?? 0) + (after?.readyMs ?? 0)).toBeGreaterThan(0.9 * 6 * 29)
      expect(fileOf(report, 'test/hooks.test.js').phases?.hooks.wallMs).toBeGreaterThan(400)
    })

    test('tests have the share of their hooks, and the line of their definition', () => {
      for (const row of fileOf(report, 'test/hooks.test.js').tests) {
        expect(row.hooksMs).toBeGreaterThan(45)
        expect(row.line).toBe(9)
      }
    })

    test('the schedule lists the workers, and the file that ended last', () => {
      const { workers, criticalFile, balancedWallMs } = report.schedule
      expect(workers.map(({ worker }) => worker)).toEqual([1, 2])
      expect(workers.reduce((sum, { files }) => sum + files, 0)).toBe(report.files.length)
      expect(report.files.map(({ path }) => path)).toContain(criticalFile?.path)
      expect(balancedWallMs).toBeLessThanOrEqual(report.totals.wallMs)
    })
  })

  // Waits depend on Node, so each Jest runs on the oldest or newest Node that records them.
  const node = WAITING_NODES[jestMajor]

  describe(`waits on Node ${node}`, () => {
    let report: Report
    /** Before and after each of the sleeps in a row, by the test's own clock. */
    let marks: number[]
    const path = 'test/waits.test.js'

    beforeAll(async () => {
      const suite = await createSuite(jestMajor, { name: 'accounts', title: 'waits' })
      const files = ['waits', 'concurrent', 'shared', 'floating', 'many'].map(name => `test/${name}`)
      const finished = await suite.jest(['-w', '2', ...files], { node })
      expect(finished).toMatchObject({ exitCode: 0 })
      report = finished.report()
      marks = JSON.parse(readFileSync(join(suite.directory, 'slept.json'), 'utf8'))
      expect(report.missing).toEqual([])
      expectPhasesToAddUp(report)
    })

    test('a test’s 400 ms of sleep are idle time, and its 200 ms of work CPU time', () => {
      const times = testOf(report, path, 'sleeps and burns')
      expectWithin(times.idleMs, 400, 0.1)
      // What Jest itself takes for a test that only sleeps depends on the machine.
      const without = ranOrReady(testOf(report, path, 'sleeps in a row'))
      expectWithin(ranOrReady(times) - without, 200, 0.2)
    })

    test.each([
      ['timer', 'sleeps and burns'],
      ['timer', 'sleeps in a row'],
      ['timer', 'polls'],
      ['child process', 'executes'],
      ['HTTP request', 'requests'],
      ['HTTP request', 'requests over one connection'],
      ['HTTP request', 'fetches'],
      ['file system', 'reads files'],
      ['worker', 'asks a worker'],
    ])('a %s wait in the test "%s" is attributed to the lines that started it', (kind, fullName) => {
      const { idleMs } = testOf(report, path, fullName)
      const rows = waitsAtComment(report, path, `waits: ${fullName}`)
        .flatMap(row => row.tests.map(waited => ({ ...waited, kind: row.kind })))
        .filter(waited => waited.file === path && waited.fullName === fullName)
      const booked = rows.reduce((sum, { totalMs }) => sum + totalMs, 0)
      expect(booked).toBeGreaterThan(0.95 * (idleMs ?? Number.POSITIVE_INFINITY))
      expect(rows.toSorted((a, b) => b.totalMs - a.totalMs)[0]?.kind).toBe(kind)
    })

    test('consecutive sleeps are attributed to separate lines', () => {
      const totals = linesWith(path, 'waits: sleeps in a row').map(line =>
        waitsAt(report, path, [line]).reduce((sum, { totalMs }) => sum + totalMs, 0),
      )
      ;[80, 90, 100].forEach((milliseconds, index) => {
        expect(totals[index]).toBeGreaterThan(0.85 * milliseconds)
        expect(totals[index]).toBeLessThan(1.05 * ((marks[index + 1] ?? 0) - (marks[index] ?? 0)))
      })
    })

    test('unexplained waits are reported, and are below 5 %', () => {
      expect(report.totals.unexplainedMs).toBeLessThan(0.05 * report.totals.idleMs)
    })

    test('a synchronous child process is blocked time, neither idle nor CPU time', () => {
      const { blockedMs, idleMs } = testOf(report, path, 'executes synchronously')
      expect(blockedMs).toBeGreaterThan(225)
      expect(idleMs).toBeLessThan(25)
      const row = report.waits.find(({ kind }) => kind === 'child process (synchronous)')
      expect(row).toMatchObject({ blocking: true })
      expect(row?.stack[0]?.file).toBe(path)
    })

    test('a thread in Atomics.wait is blocked as well', () => {
      const { blockedMs, cpuMs } = testOf(report, path, 'stands still')
      expect(blockedMs).toBeGreaterThan(180)
      expect(cpuMs).toBeLessThan(50)
      const row = report.waits.find(({ kind }) => kind === 'Atomics.wait (synchronous)')
      expect(row?.stack[0]?.file).toBe(path)
      // Nothing ran, so it is no function's self time.
      expect(
        report.hotspots.filter(({ file, line }) => file === path && line === row?.stack[0]?.line),
      ).toEqual([])
    })

    test('the thread’s clock confirms much of the sampled CPU time', () => {
      const { fileWallMs, cpuMs, readyMs, blockedMs, idleMs } = report.totals
      if (readyMs === null) throw new Error('the thread has no clock')
      expect(cpuMs + readyMs + blockedMs + idleMs).toBeCloseTo(fileWallMs, 1)
      expect(cpuMs).toBeGreaterThan(0.4 * (cpuMs + readyMs))
    })

    test('fake timers are no waits', () => {
      expect(testOf(report, path, 'waits with fake timers').idleMs).toBeLessThan(20)
    })

    test('work that a finished test left behind is attributed to that test', () => {
      const leak = report.leaks.find(({ test: { fullName } }) => fullName === 'leaves an interval behind')
      expect(leak).toMatchObject({ kind: 'timer', during: [{ fullName: 'suffers from it' }] })
      expect(leak?.count).toBeGreaterThan(3)
      expectWithin(leak?.cpuMs, 5 * (leak?.count ?? 0), 0.3)
    })

    test('work of a floating async function in a later test is included, and not only the callback that wakes it', () => {
      const leaks = report.leaks.filter(
        ({ test: { fullName } }) => fullName === 'leaves an async function behind',
      )
      for (const { during, stack } of leaks) {
        expect(during).toMatchObject([{ fullName: 'sleeps beside it' }])
        expect(stack[0]).toMatchObject({ file: 'src/burn.cjs', line: 7 })
      }
      expect(leaks.reduce((sum, { count }) => sum + count, 0)).toBe(3)
      expectWithin(
        leaks.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        3 * 80,
        0.15,
      )
    })

    test('a worker that the first of several tests starts is the wait of each of these tests', () => {
      const tests = waitsAtComment(report, 'test/shared.test.js', 'the worker').flatMap(row => row.tests)
      for (const time of [1, 2, 3]) {
        const own = tests.filter(({ fullName }) => fullName === `asks the shared worker, time ${time}`)
        const waited = own.reduce((sum, { totalMs }) => sum + totalMs, 0)
        const after = waitsAtComment(report, 'test/shared.test.js', 'after the worker').flatMap(
          row => row.tests,
        )
        const slept = after.find(({ fullName }) => fullName === own[0]?.fullName)
        expectWithin(slept?.totalMs, 30, 0.2)
        // The worker answers after 150 ms, during which the test may be busy for some time. None of its idle time may be
        // attributed to anything else.
        expect(waited).toBeGreaterThan(0.8 * 150)
        const { idleMs } = testOf(report, 'test/shared.test.js', `asks the shared worker, time ${time}`)
        expectWithin(waited + (slept?.totalMs ?? 0), idleMs ?? 0, 0.05)
      }
    })

    test('resources that tests share are no leaks', () => {
      expect(report.leaks.filter(({ test: { file } }) => file === 'test/shared.test.js')).toEqual([])
    })

    test('a background interval does not take over the wait for a child process', () => {
      const executed = waitsAtComment(report, 'test/shared.test.js', 'executes')
      const { idleMs } = testOf(report, 'test/shared.test.js', 'executes while a heartbeat goes on')
      expect(idleMs).toBeGreaterThan(250)
      expectWithin(
        executed.reduce((sum, { totalMs }) => sum + totalMs, 0),
        idleMs ?? 0,
        0.05,
      )
      const beats = waitsAtComment(report, 'test/shared.test.js', 'the heartbeat')
      expect(beats.reduce((sum, { totalMs }) => sum + totalMs, 0)).toBeLessThan(5)
      expect(report.findings.filter(({ position }) => position?.file === 'test/shared.test.js')).toEqual([])
    })

    test('more than a thousand waits are attributed to the right lines', () => {
      const [longer, shortly] = ['sleeps longer', 'sleeps shortly'].map(comment => {
        const rows = waitsAtComment(report, 'test/many.test.js', comment)
        const sum = (amountOf: (row: WaitReport) => number) =>
          rows.reduce((all, row) => all + amountOf(row), 0)
        return { count: sum(row => row.count), totalMs: sum(row => row.totalMs) }
      })
      const { idleMs } = testOf(report, 'test/many.test.js', 'sleeps many times in two places')
      const booked = (longer?.totalMs ?? 0) + (shortly?.totalMs ?? 0)
      expect(booked).toBeGreaterThan(0.95 * (idleMs ?? Number.POSITIVE_INFINITY))
      expect(longer?.count).toBeGreaterThan(0.9 * 700)
      expect(shortly?.count).toBeGreaterThan(0.9 * 700)
    })

    test('concurrent tests have separate CPU times, by async context', () => {
      const [much, little] = ['burns much', 'burns little'].map(name =>
        testOf(report, 'test/concurrent.test.js', name),
      )
      expectWithin(ranOrReady(much), 90, 0.25)
      expectWithin(ranOrReady(little), 30, 0.35)
      expect(much?.wallMs).toBeGreaterThan(230)
    })
  })
})
