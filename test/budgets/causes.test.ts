import { describe, expect, test } from '@jest/globals'
import type { WaitKind } from '../../src/recording/wait-kinds.js'
import type { WaitReport } from '../../src/report/account-reports.js'
import type { FunctionReport } from '../../src/report/code-reports.js'
import type { FileHookReport } from '../../src/report/file-report.js'
import { waitReport } from '../support/account-rows.js'
import { type CheckedRun, checked, phasesOf, recordWith, rule } from '../support/budgets.js'
import { fileReport, testReport } from '../support/facts.js'

function causeIn(limit: Parameters<typeof rule>[0], run: CheckedRun): string {
  const [excess] = checked([rule(limit)], run).budgets.flatMap(({ excesses }) => excesses)
  if (excess === undefined) throw new Error('nothing is over its limit')
  const { cause } = excess
  if (cause === null) return 'unknown'
  const amount = 'ms' in cause ? cause.ms : cause.bytes
  return `${cause.text} ${cause.file}:${cause.line}:${cause.column} ${amount}`
}

function wait(given: Partial<WaitReport>, totalMs: number): WaitReport {
  const place = { file: 'a.test.js', project: '', index: 0, name: ['works'], fullName: 'works' }
  return waitReport({
    ...{ totalMs, tests: [{ ...place, totalMs }] },
    stack: [
      { function: 'request', file: 'node_modules/axios/index.js', line: 1, column: 1 },
      { function: 'sleep', file: 'src/sleep.js', line: 3, column: 7 },
    ],
    ...given,
  })
}

function hotspot(name: string, category: FunctionReport['category'], selfMs: number): FunctionReport {
  const times = { selfMs, totalMs: selfMs, sampleCount: 5 }
  return { function: name, file: `src/${name}.js`, line: 1, column: 2, category, package: null, ...times }
}

const beforeEach: FileHookReport = {
  ...{ type: 'beforeEach', describe: ['cart', 'full'], file: 'a.test.js', line: 5, column: 3 },
  runs: [
    { test: { index: 0, attempt: 1 }, startedAtMs: 0, wallMs: 80 },
    { test: { index: 1, attempt: 1 }, startedAtMs: 0, wallMs: 15 },
  ],
}
/** The run of the hook in the first test. */
const hooks = [{ hook: 0, count: 1, wallMs: 80, isAround: false }]
const hotspots = [hotspot('parse', 'dependency', 60), hotspot('price', 'source', 40)]

describe('The cause of a slow test', () => {
  const withTest = (given: Parameters<typeof testReport>[0], waits: WaitReport[] = []): CheckedRun => ({
    files: [fileReport({ tests: [testReport({ wallMs: 100, hooks, ...given })], hooks: [beforeEach] })],
    report: { waits },
  })

  test('that mostly waits is its longest wait, at the project’s call that started it', () => {
    const waits = [wait({ kind: 'DNS' }, 20), wait({}, 70), wait({ tests: [] }, 900)]
    const run = withTest({ idleMs: 90, hotspots }, waits)
    expect(causeIn({ testWallMs: 1 }, run)).toBe('waiting for: timer, started by sleep src/sleep.js:3:7 70')
  })

  test('that waits in an anonymous function is the position of the wait', () => {
    const startedAt = { function: '(anonymous)', file: 'src/sleep.js', line: 3, column: 7 }
    const run = withTest({ idleMs: 90 }, [wait({ startedAt }, 70)])
    expect(causeIn({ testWallMs: 1 }, run)).toBe('waiting for: timer src/sleep.js:3:7 70')
  })

  test.each<[WaitKind, string]>([
    ['unexplained', 'waiting for something unknown :0:0 70'],
    ['not recorded', 'waiting; what for was not recorded :0:0 70'],
  ])('whose wait has the kind “%s” says that', (kind, cause) => {
    expect(causeIn({ testWallMs: 1 }, withTest({ idleMs: 90 }, [wait({ kind, stack: [] }, 70)]))).toBe(cause)
  })

  test('that computes is its hottest function, preferably of the project', () => {
    const run = withTest({ cpuMs: 90, idleMs: 10, hotspots }, [wait({}, 10)])
    expect(causeIn({ testWallMs: 1 }, run)).toBe('price src/price.js:1:2 40')
    expect(causeIn({ testCpuMs: 1 }, run)).toBe('price src/price.js:1:2 40')
  })

  test('whose hooks took at least half is its longest hook', () => {
    const run = withTest({ cpuMs: 90, hooksMs: 80, hotspots })
    expect(causeIn({ testWallMs: 1 }, run)).toBe('beforeEach of cart › full a.test.js:5:3 80')
    const around = hooks.map(hook => ({ ...hook, isAround: true }))
    // Its time is not part of the test's time.
    expect(causeIn({ testWallMs: 1 }, withTest({ cpuMs: 90, hooksMs: 80, hotspots, hooks: around }))).toBe(
      'price src/price.js:1:2 40',
    )
  })

  test('that is mostly blocked is the synchronous call', () => {
    const call = wait({ kind: 'child process (synchronous)', blocking: true }, 60)
    const run = withTest({ cpuMs: 30, idleMs: 10, blockedMs: 60, hotspots }, [wait({}, 10), call])
    expect(causeIn({ testWallMs: 1 }, run)).toBe(
      'blocked: child process (synchronous), started by sleep src/sleep.js:3:7 60',
    )
  })

  test('with high CPU time is its hottest function, never a wait', () => {
    const call = wait({ kind: 'child process (synchronous)', blocking: true }, 60)
    const waits = [wait({}, 500), call]
    const times = { wallMs: 590, cpuMs: 30, idleMs: 500, blockedMs: 60 }
    expect(causeIn({ testCpuMs: 1 }, withTest({ ...times, hotspots }, waits))).toBe(
      'price src/price.js:1:2 40',
    )
    expect(causeIn({ testCpuMs: 1 }, withTest(times, waits))).toBe(
      'beforeEach of cart › full a.test.js:5:3 80',
    )
  })

  test('is unknown without a recording', () => {
    const files = [fileReport({ tests: [testReport({ wallMs: 100, cpuMs: null })] })]
    expect(causeIn({ testWallMs: 1 }, { files })).toBe('unknown')
  })
})

describe('The cause of a slow file', () => {
  const records = [
    recordWith([
      { name: 'src/index.js', self: 5, total: 300 },
      { name: 'node_modules/pdf/index.js', self: 290, total: 290, by: 'src/index.js' },
      { name: 'src/lines.js', self: 3, total: 3, by: 'src/index.js' },
    ]),
  ]
  const tests = [
    testReport({ wallMs: 30 }),
    testReport({ index: 1, name: ['cart', 'pays'], wallMs: 70, line: 9 }),
  ]
  const fileWith = (wallMs: Parameters<typeof phasesOf>[0]): CheckedRun => ({
    files: [fileReport({ wallMs: 500, phases: phasesOf(wallMs), hooks: [beforeEach], tests })],
    records,
  })

  test.each([
    [{ imports: 310 }, 'imports (310 ms), mostly module node_modules/pdf/index.js:0:0 290'],
    [{ hooks: 95 }, 'hooks (95 ms), mostly beforeEach of cart › full a.test.js:5:3 95'],
    [{ tests: 100 }, 'tests (100 ms), mostly cart › pays a.test.js:9:1 70'],
    [{ environment: 400 }, 'environment :0:0 400'],
  ])('is its largest phase and the largest part of it, with %j', (phases, cause) => {
    expect(causeIn({ fileWallMs: 1 }, fileWith(phases))).toBe(cause)
  })

  test('with slow imports is the innermost module of equal cost, and with slow hooks the longest hook', () => {
    const run = fileWith({ imports: 310, hooks: 95 })
    expect(causeIn({ importMs: 1 }, run)).toBe('module node_modules/pdf/index.js:0:0 290')
    expect(causeIn({ hookMs: 1 }, run)).toBe('beforeEach of cart › full a.test.js:5:3 95')
  })

  test('without a recording is its slowest test', () => {
    const files = [fileReport({ wallMs: 500, phases: null, tests })]
    expect(causeIn({ fileWallMs: 1 }, { files })).toBe('cart › pays a.test.js:9:1 70')
  })
})
