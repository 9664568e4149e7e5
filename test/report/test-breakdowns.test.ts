import { describe, expect, test } from '@jest/globals'
import type { WaitKind } from '../../src/recording/wait-kinds.js'
import type { WaitReport } from '../../src/report/account-reports.js'
import type { CallRow, FunctionReport } from '../../src/report/code-reports.js'
import type { FileHookReport, FileReport } from '../../src/report/file-report.js'
import { testBreakdowns } from '../../src/report/views/test-breakdowns.js'
import { callRow, waitReport } from '../support/account-rows.js'
import { fileReport, NO_TIMES, testReport } from '../support/facts.js'
import { reportOf } from '../support/run-record.js'

const { phases } = reportOf([])

function asked(files: FileReport[], waits: WaitReport[] = [], calls: CallRow[] = []) {
  return testBreakdowns({ files, waits, calls })
}

function wait(kind: WaitKind, tests: { index: number; totalMs: number; file?: string }[]): WaitReport {
  const rows = tests.map(row => ({ file: 'a.test.js', project: '', name: [], fullName: '', ...row }))
  return waitReport({ kind, totalMs: 1000, tests: rows })
}

function hook(describe: string[]): FileHookReport {
  return { type: 'beforeEach', describe, file: 'a.test.js', line: 1, column: 1, runs: [] }
}

function hotspot(name: string, category: FunctionReport['category'], sampleCount = 5): FunctionReport {
  const place = { file: 'src/a.js', line: 1, column: 1, package: null }
  return { function: name, category, ...place, selfMs: sampleCount, totalMs: sampleCount, sampleCount }
}

describe('testBreakdowns', () => {
  test('returns all tests that ran by their last attempt, longest first', () => {
    const tests = [
      testReport({ index: 0, fullName: 'short', wallMs: 5 }),
      testReport({ index: 1, fullName: 'skipped', status: 'skipped' }),
      testReport({ index: 2, fullName: 'left for later', status: 'todo' }),
      testReport({ index: 3, fullName: 'again', attempt: 1, wallMs: 90, status: 'failed' }),
      testReport({ index: 3, fullName: 'again', attempt: 2, wallMs: 80 }),
    ]
    const other = fileReport({ path: 'b.test.js', tests: [testReport({ fullName: 'other', wallMs: 7 })] })
    expect(
      asked([fileReport({ tests }), other]).map(entry => `${entry.test.fullName} ${entry.test.wallMs}`),
    ).toEqual(['again 80', 'other 7', 'short 5'])
  })

  test('returns nothing for more than three tests', () => {
    const tests = [0, 1, 2, 3].map(index => testReport({ index }))
    expect(asked([fileReport({ tests: tests.slice(0, 3) })])).toHaveLength(3)
    expect(asked([fileReport({ tests })])).toEqual([])
  })

  test('lists functions that a user can influence and that have several samples', () => {
    const hotspots = [
      hotspot('runtime', 'jest'),
      hotspot('own', 'source'),
      hotspot('pbkdf2Sync', 'node'),
      hotspot('once', 'source', 1),
    ]
    const [only] = asked([fileReport({ tests: [testReport({ hotspots })] })])
    expect(only?.functions.map(row => row.function)).toEqual(['own', 'pbkdf2Sync'])
  })

  test('lists the test’s own part of each call, and no functions of other code if little is left to explain', () => {
    const hotspots = [hotspot('own', 'source'), hotspot('query', 'dependency')]
    const called = (name: string, totalMs: number, given: Partial<CallRow> = {}) =>
      callRow({
        callee: { function: name, writtenAs: [], package: 'dom', category: 'dependency' },
        tests: [{ file: 'a.test.js', project: '', index: 0, name: [], fullName: '', totalMs }],
        ...given,
      })
    const calls = [
      called('get', 30),
      called('find', 40),
      called('short', 0.9),
      called('once', 50, { sampleCount: 1 }),
      called('elsewhere', 60, { tests: [] }),
    ]
    const of = (cpuMs: number) =>
      asked([fileReport({ tests: [testReport({ index: 0, hotspots, cpuMs })] })], [], calls)[0]
    // Calls and own functions take 75 ms.
    const only = of(150)
    expect(of(151)?.functions.map(row => row.function)).toEqual(['own', 'query'])
    expect(only?.calls.map(row => `${row.call.callee.function} ${row.totalMs}`)).toEqual([
      'find 40',
      'get 30',
    ])
    expect(only?.functions.map(row => row.function)).toEqual(['own'])
  })

  test('lists the test’s own part of each wait, longest first', () => {
    const waits = [
      wait('socket', [{ index: 0, totalMs: 30 }]),
      wait('timer', [
        { index: 1, totalMs: 500 },
        { index: 0, totalMs: 40 },
      ]),
      wait('DNS', [{ index: 0, totalMs: 0.4 }]),
      wait('file system', [{ index: 0, file: 'b.test.js', totalMs: 70 }]),
    ]
    const [only] = asked([fileReport({ tests: [testReport({ index: 0 })] })], waits)
    expect(only?.waits.map(row => `${row.wait.kind} ${row.totalMs}`)).toEqual(['timer 40', 'socket 30'])
  })

  test('lists the hooks of the last attempt other than the shortest', () => {
    const hooks = [hook(['cart']), hook(['order']), hook([])]
    const own = testReport({
      ...{ index: 0, attempt: 2 },
      hooks: [
        { hook: 2, count: 1, wallMs: 60, isAround: true },
        { hook: 0, count: 2, wallMs: 3, isAround: false },
        { hook: 1, count: 1, wallMs: 0.9, isAround: false },
      ],
    })
    const before = testReport({
      ...{ index: 0, attempt: 1 },
      hooks: [{ hook: 0, count: 1, wallMs: 20, isAround: false }],
    })
    const [only] = asked([fileReport({ hooks, tests: [before, own] })])
    expect(only?.hooks.map(row => [row.hook.describe.join(' '), row.count, row.wallMs])).toEqual([
      ['', 1, 60],
      ['cart', 2, 3],
    ])
  })

  test('includes the import time of the file if it is longer than the test', () => {
    const file = (importMs: number) =>
      fileReport({
        phases: { ...phases, imports: { wallMs: importMs, ...NO_TIMES } },
        tests: [testReport({ wallMs: 50 })],
      })
    expect(asked([file(60)])[0]?.longerImportMs).toBe(60)
    expect(asked([file(40)])[0]?.longerImportMs).toBeNull()
  })
})
