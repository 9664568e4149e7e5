import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { buildReport } from '../../src/report/build/build-report.js'
import type { TestReport } from '../../src/report/file-report.js'
import type { Report } from '../../src/report/report.js'
import { busyMs } from '../../src/tables/code-tables.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { resolvedFromText, span } from '../support/recording.js'
import { RUN_START, reportOf, runRecord } from '../support/run-record.js'
import { withWaits } from '../support/waits.js'

const emptyProfile = () => new ProfileBuilder().build()

/** Each test as `name#attempt status wall/cpu/idle/gc (samples): hotspots`. */
function shown(tests: readonly TestReport[]): string[] {
  return tests.map(({ fullName, attempt, status, wallMs, cpuMs, idleMs, gcMs, sampleCount, hotspots }) => {
    const functions = hotspots.map(row => `${row.function} ${row.selfMs}/${row.totalMs}`).join(', ')
    return `${fullName}#${attempt} ${status} ${wallMs}/${cpuMs}/${idleMs}/${gcMs} (${sampleCount}): ${functions}`
  })
}

function fileOf({ files }: Report) {
  const [file] = files
  if (file === undefined) throw new Error('the report has no file')
  return file
}

describe('A recorded file', () => {
  const recording = resolvedFromText(
    `
    0    1000  2000  3000  4000  5000  6000
    C    A     A     A     idle  A     idle
         B     B     gc          B
  `,
    {
      header: { wallMicros: 7000, startedAtMs: RUN_START + 250, worker: 3 },
      tests: [
        span({ index: 0, name: ['outer', 'one'], start: 1000, end: 5000 }),
        span({ index: 1, start: 5000, end: 6500, status: 'failed' }),
        span({ index: 2, start: 6500, end: 6500, status: 'skipped' }),
      ],
    },
  )
  const report = reportOf([recording])

  test('has the times of its recording and of its samples', () => {
    const { tests: _tests, phases, ...file } = fileOf(report)
    expect(file).toEqual({
      id: 'file-db5a2b2b',
      path: 'a.test.js',
      project: '',
      projectId: 'project-id',
      phaseStarts: [],
      heap: { atMs: [], usedBytes: [] },
      hooks: [],
      worker: 3,
      status: 'passed',
      recording: 'a.recording.gz',
      startedAtMs: 250,
      wallMs: 7,
      cpuMs: 5,
      idleMs: 2,
      gcMs: 1,
      blockedMs: 0,
      readyMs: null,
      // The changes from busy to idle at 4 and 6 ms were each seen up to 1 ms late; the one at 5 ms is between two tests.
      uncertaintyMs: 2.265,
      gcUncertaintyMs: 1.96,
      sampleCount: 7,
      groups: [],
    })
    const unknown = { blockedMs: 0, readyMs: null }
    // A phase that did not occur had no time without a core.
    const none = {
      ...{ wallMs: 0, cpuMs: 0, readyMs: 0, blockedMs: 0, idleMs: 0, gcMs: 0 },
      ...{ uncertaintyMs: 0, gcUncertaintyMs: 0 },
    }
    expect(phases).toEqual({
      environment: none,
      setupFiles: none,
      framework: none,
      setupFilesAfterEnv: none,
      imports: none,
      hooks: none,
      tests: {
        wallMs: 5.5,
        cpuMs: 4,
        idleMs: 1.5,
        gcMs: 1,
        ...unknown,
        uncertaintyMs: 2.265,
        gcUncertaintyMs: 1.96,
      },
      teardown: none,
      other: {
        wallMs: 1.5,
        cpuMs: 1,
        idleMs: 0.5,
        gcMs: 0,
        ...unknown,
        uncertaintyMs: 0.98,
        gcUncertaintyMs: 1.5,
      },
    })
  })

  test('has its tests in order, each with its own times and functions', () => {
    expect(shown(fileOf(report).tests)).toEqual([
      'outer one#1 passed 4/3/1/1 (4): B 2/3',
      'test 1#1 failed 1.5/1/0.5/0 (2): B 1/1',
      'test 2#1 skipped 0/null/null/null (null): ',
    ])
    expect(fileOf(report).tests.map(entry => entry.startedAtMs)).toEqual([251, 255, 256.5])
  })

  test('lists the most expensive tests of its functions', () => {
    expect(
      report.hotspots.map(({ function: name, selfMs, totalMs }) => `${name} ${selfMs}/${totalMs}`),
    ).toEqual(['B 3/4', 'C 1/1'])
    expect(report.hotspots[0]?.tests).toEqual([
      {
        file: 'a.test.js',
        project: '',
        index: 0,
        name: ['outer', 'one'],
        fullName: 'outer one',
        selfMs: 2,
        totalMs: 3,
      },
      {
        file: 'a.test.js',
        project: '',
        index: 1,
        name: ['test 1'],
        fullName: 'test 1',
        selfMs: 1,
        totalMs: 1,
      },
    ])
    expect(report.hotspots[1]?.tests).toEqual([])
    expect(report.hotspots.map(({ files }) => files)).toEqual([1, 1])
  })

  test('counts its samples once in categories and totals', () => {
    expect(report.categories).toMatchObject({ source: 4, gc: 1, test: 0 })
    expect(report.totals).toMatchObject({
      cpuMs: 5,
      idleMs: 2,
      gcMs: 1,
      fileWallMs: 7,
      sampleCount: 7,
      tests: 3,
    })
  })
})

describe('The position of a test', () => {
  test('is in its own file, or else in another file', () => {
    const tests = [0, 1, -1].map((site, index) => span({ index, site, start: 0, end: 0, status: 'skipped' }))
    const recording = withWaits(resolvedFromText('0\nA', { tests }), {
      resources: [{ stack: ['C[test]', 'helper'] }],
      wakes: [],
    })
    expect(fileOf(reportOf([recording])).tests.map(({ line, column }) => `${line}:${column}`)).toEqual([
      ...['11:5', '0:0', '0:0'],
    ])
    expect(fileOf(reportOf([recording])).tests.map(test => test.definedIn)).toEqual([
      undefined,
      { file: 'src/helper.js', line: 12, column: 5 },
      undefined,
    ])
  })
})

describe('The hooks of a test', () => {
  test('are part of its wall time, and unknown for a test that did not run', () => {
    const tests = [
      span({ index: 0, start: 0, end: 4000 }),
      span({ index: 1, start: 4000, end: 4000, status: 'skipped' }),
    ]
    const definitions = [{ type: 'beforeEach' as const, describe: [], site: -1 }]
    const runs = { definition: [0, 0], start: [0, 3000], end: [500, 3500], test: [0, 0] }
    const report = reportOf([resolvedFromText('0\nA', { tests, hooks: { definitions, runs } })])
    expect(fileOf(report).tests.map(({ wallMs, hooksMs }) => [wallMs, hooksMs])).toEqual([
      [4, 1],
      [0, null],
    ])
  })
})

describe('CPU time', () => {
  const tests = [span({ index: 0, start: 0, end: 1000 })]

  test('without a thread clock is all time of a file or test that was neither idle nor blocked', () => {
    const report = reportOf([resolvedFromText('0  600\nA  idle', { tests, header: { wallMicros: 1500 } })])
    expect([fileOf(report).cpuMs, fileOf(report).idleMs]).toEqual([0.6, 0.9])
    expect([fileOf(report).tests[0]?.cpuMs, fileOf(report).tests[0]?.idleMs]).toEqual([0.6, 0.4])
  })

  test('with a thread clock is the clock’s value, and the remainder is time without a core', () => {
    const clock = { step: 0, time: [0, 1000, 1500], cpu: [0, 150, 150] }
    const report = reportOf([
      resolvedFromText('0  600\nA  idle', { tests, clock, header: { wallMicros: 1500 } }),
    ])
    const [own] = fileOf(report).tests
    expect([own?.cpuMs, own?.readyMs, own?.blockedMs, own?.idleMs]).toEqual([0.15, 0.45, 0, 0.4])
    expect(report.totals).toMatchObject({ cpuMs: 0.15, readyMs: 0.45, blockedMs: 0, idleMs: 0.9 })
    expect(report.categories.source).toBe(0.15)
    expect(report.hotspots).toMatchObject([{ function: 'A', selfMs: 0.15 }])
  })
})

test('A report sorts files by their wall time with a core, longest first', () => {
  const header = { wallMicros: 10_000 }
  const clock = { step: 0, time: [0, 10_000], cpu: [0, 2000] }
  const lacking = resolvedFromText('0\nA', { clock, header })
  const short = resolvedFromText('0\nA', { header: { testPath: '/project/b.test.js', wallMicros: 3000 } })
  expect(reportOf([lacking, short]).files.map(({ path, wallMs }) => [path, wallMs])).toEqual([
    ['b.test.js', 3],
    ['a.test.js', 10],
  ])
})

describe('A sample that lasts past the end of its test', () => {
  test('does not make the test longer', () => {
    const tests = [span({ index: 0, start: 0, end: 1000 }), span({ index: 1, start: 4000, end: 4500 })]
    const report = reportOf([resolvedFromText('500  4000\nA    idle', { tests })])
    expect(fileOf(report).tests.map(({ wallMs, cpuMs, idleMs }) => [wallMs, cpuMs, idleMs])).toEqual([
      [1, 1, 0],
      [0.5, 0, 0.5],
    ])
  })
})

describe('Attempts of a test', () => {
  test('are separate tests in their file, but one test in the totals and in functions', () => {
    const tests = [
      span({ index: 0, start: 0, end: 1000, status: 'failed' }),
      span({ index: 0, start: 1000, end: 3000, attempt: 2 }),
    ]
    const report = reportOf([resolvedFromText('0  1000\nA  A', { tests, header: { wallMicros: 3000 } })])
    expect(shown(fileOf(report).tests)).toEqual([
      'test 0#1 failed 1/1/0/0 (1): A 1/1',
      'test 0#2 passed 2/2/0/0 (1): A 2/2',
    ])
    expect(report.totals.tests).toBe(1)
    expect(report.hotspots[0]?.tests).toEqual([
      {
        file: 'a.test.js',
        project: '',
        index: 0,
        name: ['test 0'],
        fullName: 'test 0',
        selfMs: 3,
        totalMs: 3,
      },
    ])
  })
})

describe('Concurrent tests', () => {
  const tests = [
    span({ index: 0, start: 0, end: 2000, concurrent: true }),
    span({ index: 1, start: 1000, end: 4000, concurrent: true }),
    span({ index: 2, start: 3000, end: 5000 }),
  ]
  const report = reportOf([
    resolvedFromText('0  1000  3000  4500\nA  A     idle  B', { tests, header: { wallMicros: 5000 } }),
  ])

  test('have wall time but no CPU time, as does a test that overlaps them', () => {
    expect(fileOf(report).tests.map(({ wallMs, cpuMs, idleMs }) => [wallMs, cpuMs, idleMs])).toEqual([
      [2, null, null],
      [3, null, null],
      [2, null, null],
    ])
  })

  test('form a group, which has their CPU time once', () => {
    expect(fileOf(report).groups).toMatchObject([
      { tests: [0, 1, 2], wallMs: 4, cpuMs: 3, idleMs: 1, gcMs: 0, sampleCount: 3, startedAtMs: 0 },
    ])
    expect(report.hotspots.find(row => row.function === 'A')?.tests).toEqual([
      {
        file: 'a.test.js',
        project: '',
        index: 0,
        group: [0, 1, 2],
        name: ['3 concurrent tests', 'test 0, …'],
        fullName: '3 concurrent tests: test 0, …',
        selfMs: 3,
        totalMs: 3,
      },
    ])
  })
})

describe('A report', () => {
  test('is the same for any order of recordings', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([one, other]) => {
        expect(JSON.stringify(reportOf(other))).toBe(JSON.stringify(reportOf(one)))
      }),
    )
  })

  test('adds up to the CPU time, the wall time of the files and the totals', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const report = reportOf(recordings)
        const { totals, files } = report
        const busy = busyMs(report)
        const { cpuMs, readyMs, blockedMs, idleMs, fileWallMs } = totals
        // Parts are rounded to microseconds.
        const clocked = files.reduce((sum, file) => sum + (file.cpuMs ?? 0), 0)
        expect(Math.abs(busy - clocked)).toBeLessThanOrEqual(0.003 * recordings.length)
        const ready = files.reduce((sum, file) => sum + (file.readyMs ?? 0), 0)
        if (readyMs !== null) expect(readyMs).toBeCloseTo(ready, 3)
        expect(readyMs === null).toBe(files.some(file => file.readyMs === null))
        // If it is unknown for some files, the totals count that of the others as CPU time.
        expect(cpuMs).toBeCloseTo(readyMs === null ? clocked + ready : clocked, 3)
        expect(cpuMs + (readyMs ?? 0) + blockedMs + idleMs).toBeCloseTo(fileWallMs, 3)
        expect(files.reduce((sum, { sampleCount }) => sum + (sampleCount ?? 0), 0)).toBe(totals.sampleCount)
        for (const { selfMs, totalMs } of report.hotspots) expect(totalMs).toBeGreaterThanOrEqual(selfMs)
      }),
    )
  })

  test('of no files has no times', () => {
    const report = buildReport(emptyProfile(), runRecord())
    expect(report.totals).toMatchObject({ wallMs: 1000, fileWallMs: 0, cpuMs: 0, testFiles: 0, tests: 0 })
    expect(report).toMatchObject({
      files: [],
      hotspots: [],
      lines: [],
      packages: [],
      missing: [],
      truncated: [],
    })
  })
})
