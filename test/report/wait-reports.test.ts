import { describe, expect, test } from '@jest/globals'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import type { LeakReport, WaitReport } from '../../src/report/account-reports.js'
import { unexplainedMs } from '../../src/report/build/wait-reports.js'
import { resolvedFromText, span } from '../support/recording.js'
import { reportOf } from '../support/run-record.js'
import { type DrawnWaits, withWaits } from '../support/waits.js'

const TESTS = [
  span({ index: 0, name: ['outer', 'one'], start: 0, end: 4000 }),
  span({ index: 1, start: 4000, end: 9000 }),
]
const SLEEP = { stack: ['sleep', 'C[test]'] }

interface Given {
  text?: string
  waits: DrawnWaits
  testPath?: string
}

function waiting({ text = '0\nA', waits, testPath = '/project/a.test.js' }: Given): ResolvedRecording {
  return withWaits(resolvedFromText(text, { tests: TESTS, header: { testPath } }), waits)
}

/** Each wait as `kind ×count total: tests`. */
const shown = (rows: readonly WaitReport[]) =>
  rows.map(({ kind, count, totalMs, tests }) => {
    const byTest = tests.map(({ file, fullName, totalMs: own }) => `${file} ${fullName} ${own}`).join(', ')
    return `${kind} ×${count} ${totalMs}: ${byTest}`
  })

describe('The waits of a report', () => {
  const text = '1000  3000  5000  6000\nidle  A     idle  A'
  const waits: DrawnWaits = {
    resources: [SLEEP],
    wakes: [
      [3000, 0],
      [6000, 0],
    ],
  }

  test('have the calls that started them and the names of the tests that waited, longest first', () => {
    expect(reportOf([waiting({ text, waits })]).waits).toEqual([
      {
        ...{ kind: 'timer', blocking: false, count: 2, totalMs: 3 },
        callers: [{ function: 'C', file: 'a.test.js', line: 12, column: 5, count: 2, totalMs: 3 }],
        startedAt: { function: 'sleep', file: 'src/sleep.js', line: 11, column: 5 },
        stack: [
          { function: 'sleep', file: 'src/sleep.js', line: 11, column: 5 },
          { function: 'C', file: 'a.test.js', line: 12, column: 5 },
        ],
        tests: [
          {
            file: 'a.test.js',
            project: '',
            index: 0,
            name: ['outer', 'one'],
            fullName: 'outer one',
            totalMs: 2,
          },
          { file: 'a.test.js', project: '', index: 1, name: ['test 1'], fullName: 'test 1', totalMs: 1 },
        ],
      },
    ])
  })

  test('of one kind and stack are one row for any number of files', () => {
    const files = ['a', 'b'].map(name => waiting({ text, waits, testPath: `/project/${name}.test.js` }))
    expect(shown(reportOf(files).waits)).toEqual([
      'timer ×4 6: a.test.js outer one 2, b.test.js outer one 2, a.test.js test 1 1, b.test.js test 1 1',
    ])
  })

  test('of different kinds or lines are separate rows, longest first', () => {
    const several: DrawnWaits = {
      resources: [SLEEP, { ...SLEEP, kind: 'socket' }, { stack: ['nap'] }],
      wakes: [
        [500, 0],
        [2000, 1],
        [9000, 2],
      ],
    }
    expect(shown(reportOf([waiting({ text: '0     9000\nidle  A', waits: several })]).waits)).toEqual([
      'timer ×1 7: a.test.js test 1 5, a.test.js outer one 2',
      'socket ×1 1.5: a.test.js outer one 1.5',
      'timer ×1 0.5: a.test.js outer one 0.5',
    ])
  })

  describe('started by one line of the project', () => {
    const rowsOf = (stacks: string[][], wakes: DrawnWaits['wakes']) =>
      reportOf([
        waiting({
          text: '0     9000\nidle  A',
          waits: { resources: stacks.map(stack => ({ stack })), wakes },
        }),
      ]).waits

    test('are one row for all callers, with the most expensive stack', () => {
      const [row, ...others] = rowsOf(
        [
          ['sleep', 'retry'],
          ['sleep', 'C[test]'],
        ],
        [
          [500, 0],
          [9000, 1],
        ],
      )
      expect(others).toEqual([])
      expect(row).toMatchObject({
        ...{ count: 2, totalMs: 9 },
        callers: [
          { function: 'C', count: 1, totalMs: 8.5 },
          { function: 'retry', count: 1, totalMs: 0.5 },
        ],
        startedAt: { function: 'sleep', file: 'src/sleep.js', line: 11 },
        stack: [{ function: 'sleep' }, { function: 'C' }],
      })
    })

    test('are one row for all library calls inside, named by the project’s call', () => {
      const [row, ...others] = rowsOf(
        [
          ['setTimeout[dependency:jsdom]', 'sleep', 'C[test]'],
          ['startTimer[dependency:jsdom]', 'sleep', 'C[test]'],
        ],
        [
          [500, 0],
          [9000, 1],
        ],
      )
      expect(others).toEqual([])
      expect(row).toMatchObject({
        totalMs: 9,
        callers: [{ function: 'C', count: 2, totalMs: 9 }],
        startedAt: { function: 'sleep', file: 'src/sleep.js' },
        stack: [{ function: 'startTimer' }, { function: 'sleep' }, { function: 'C' }],
      })
    })

    test('without project code are rows by the line of the library', () => {
      expect(rowsOf([['request[dependency:axios]', 'pool[dependency:axios]']], [[9000, 0]])).toMatchObject([
        { startedAt: { function: 'request' }, callers: [{ function: 'pool' }] },
      ])
    })
  })

  test('in an anonymous function are named by the enclosing helper if it is on the same line', () => {
    const started = (helperLine: number) => {
      const recording = waiting({
        text: '0     9000\nidle  A',
        waits: { resources: [{ stack: ['(anonymous)', 'sleep', 'C[test]'] }], wakes: [[9000, 0]] },
      })
      // Both functions are in one file.
      const frames = recording.frames.map(frame =>
        frame.name === '(anonymous)' ? { ...frame, file: '/project/src/sleep.js' } : frame,
      )
      const sites = { ...recording.sites, line: [11, helperLine, 13] }
      return reportOf([{ ...recording, frames, sites }]).waits[0]
    }
    expect(started(11)).toMatchObject({ startedAt: { function: 'sleep', line: 11 } })
    expect(started(12)).toMatchObject({ startedAt: { function: '(anonymous)', line: 11 } })
    // The caller is the code that called the helper, not the helper itself.
    for (const line of [11, 12])
      expect(started(line)).toMatchObject({ callers: [{ function: 'C', line: 13 }] })
  })

  test('name each test once, even if it had several waits', () => {
    const resources = [
      { ...SLEEP, test: 0 },
      { ...SLEEP, test: -1 },
    ]
    const wakes: DrawnWaits['wakes'] = [
      [2000, 0],
      [6000, 1],
    ]
    const recording = waiting({
      text: '1000  2000  2500  6000\nidle  A     idle  A',
      waits: { resources, wakes },
    })
    expect(shown(reportOf([recording]).waits)).toEqual([
      'timer ×2 4.5: a.test.js outer one 2.5, a.test.js test 1 2',
    ])
  })

  test('list the thirty tests that waited longest', () => {
    const files = Array.from({ length: 32 }, (_, index) =>
      waiting({
        text: `${String(index * 10).padEnd(6)}3000\nidle  A`,
        waits: { resources: [SLEEP], wakes: [[3000, 0]] },
        testPath: `/project/${index}.test.js`,
      }),
    )
    const [row] = reportOf(files).waits
    expect(row?.tests.map(({ totalMs }) => totalMs)).toEqual(
      Array.from({ length: 30 }, (_, index) => 3 - index / 100).map(ms => expect.closeTo(ms, 3)),
    )
    expect(row?.count).toBe(32)
  })

  test('include unexplained and unrecorded waits in the totals', () => {
    const unexplained = waiting({ text, waits: { resources: [], wakes: [] } })
    const unrecorded = resolvedFromText('0  7000\nA  idle', { header: { testPath: '/project/b.test.js' } })
    const report = reportOf([unexplained, unrecorded])
    expect(shown(report.waits)).toEqual([
      'not recorded ×1 3: ',
      'unexplained ×2 3: a.test.js outer one 2, a.test.js test 1 1',
    ])
    expect(report.totals.unexplainedMs).toBe(6)
    expect(unexplainedMs(reportOf([waiting({ text, waits })]).waits)).toBe(0)
  })

  test('count synchronous calls as blocked time, not as CPU time', () => {
    const recording = resolvedFromText('0                   2000\nA                   A\nreadSync[node:fs]', {
      tests: TESTS,
    })
    const { waits: rows, totals } = reportOf([recording])
    expect(rows).toMatchObject([
      {
        ...{ kind: 'file system (synchronous)', blocking: true, totalMs: 2, count: 1 },
        stack: [{ function: 'A', file: 'src/A.js', line: 1, column: 1 }],
      },
    ])
    expect([totals.blockedMs, totals.cpuMs, totals.idleMs]).toEqual([2, 8, 0])
  })
})

describe('Waits whose stack was not read', () => {
  const waits: DrawnWaits = {
    resources: [{ stack: null }, SLEEP],
    wakes: [
      [3000, 0],
      [6000, 1, 5000],
    ],
  }
  const report = reportOf([waiting({ text: '1000  3000  5000  6000\nidle  A     idle  A', waits })])

  test('are separate rows by kind', () => {
    expect(shown(report.waits)).toEqual([
      'timer ×1 2: a.test.js outer one 2',
      'timer ×1 1: a.test.js test 1 1',
    ])
    expect(report.waits.map(({ stack }) => stack.length)).toEqual([0, 2])
    expect(unexplainedMs(report.waits)).toBe(0)
  })

  test('are reported as a limitation', () => {
    expect(report.limits).toContainEqual(expect.stringContaining('its shortest waits'))
    const read = reportOf([waiting({ waits: { resources: [SLEEP], wakes: [] } })])
    expect(read.limits).not.toContainEqual(expect.stringContaining('its shortest waits'))
  })
})

describe('The leaks of a report', () => {
  const leaking = (testPath: string, micros: number[]) =>
    waiting({
      testPath,
      waits: {
        resources: [
          { ...SLEEP, test: 0 },
          { kind: 'socket', stack: ['open'], test: 0 },
        ],
        wakes: [],
        leaks: {
          resource: micros.map((_, row) => row),
          during: micros.map(() => 1),
          count: micros.map(() => 3),
          micros,
        },
      },
    })
  const brief = ({ kind, cpuMs, test: { file } }: LeakReport) => `${file} ${kind} ${cpuMs}`

  test('name the test that started them and the tests in which they ran', () => {
    expect(reportOf([leaking('/project/a.test.js', [1500])]).leaks).toEqual([
      {
        ...{ kind: 'timer', count: 3, cpuMs: 1.5 },
        stack: [
          { function: 'sleep', file: 'src/sleep.js', line: 11, column: 5 },
          { function: 'C', file: 'a.test.js', line: 12, column: 5 },
        ],
        test: { file: 'a.test.js', project: '', index: 0, name: ['outer', 'one'], fullName: 'outer one' },
        during: [{ file: 'a.test.js', project: '', index: 1, name: ['test 1'], fullName: 'test 1' }],
      },
    ])
  })

  test('are sorted by cost, then by file', () => {
    const files = [leaking('/project/b.test.js', [10, 500]), leaking('/project/a.test.js', [10, 20])]
    expect(reportOf(files).leaks.map(brief)).toEqual([
      'b.test.js socket 0.5',
      'a.test.js socket 0.02',
      'a.test.js timer 0.01',
      'b.test.js timer 0.01',
    ])
  })
})
