import { describe, expect, test } from '@jest/globals'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { buildReport } from '../../src/report/build/build-report.js'
import { hotCode } from '../../src/report/views/hot-code.js'
import { moduleTotal } from '../support/account-rows.js'
import { drawInto, profileFromText } from '../support/profile-from-text.js'
import { resolvedFromText, span } from '../support/recording.js'
import { fileRecord, reportOf, runRecord } from '../support/run-record.js'
import { withWaits } from '../support/waits.js'

describe('A report of a huge suite', () => {
  test('keeps the 5000 longest files and reports their total number', () => {
    const files = Array.from({ length: 5002 }, (_, index) =>
      fileRecord({ path: `/project/${index}.test.js`, wallMs: index }),
    )
    const report = buildReport(profileFromText('-\nA'), runRecord({ files }))
    expect(report.files).toHaveLength(5000)
    expect(report.files.at(-1)?.wallMs).toBe(2)
    expect(report.truncated).toEqual([{ table: 'files', kept: 5000, total: 5002 }])
    expect(report.totals.testFiles).toBe(5002)
  })

  test('keeps the 20000 slowest tests, each in its file', () => {
    const files = [1, 2, 3].map(number =>
      fileRecord({
        path: `/project/${number}.test.js`,
        results: Array.from({ length: 7000 }, (_, index) => ({
          name: [`test ${index}`],
          status: 'passed',
          wallMs: index,
        })),
      }),
    )
    const report = buildReport(profileFromText('-\nA'), runRecord({ files }))
    expect(report.files.map(({ path, tests }) => [path, tests.length, tests[0]?.wallMs])).toEqual([
      ['1.test.js', 6667, 333],
      ['2.test.js', 6667, 333],
      ['3.test.js', 6666, 334],
    ])
    expect(report.truncated).toEqual([{ table: 'tests', kept: 20_000, total: 21_000 }])
    expect(report.totals.tests).toBe(21_000)
  })

  test('keeps the 250 hottest functions of the project and the 250 hottest others', () => {
    const builder = new ProfileBuilder()
    for (let index = 1; index <= 252; index++) {
      drawInto(builder, `-\nown${index}`, { weight: index })
      drawInto(builder, `-\npackaged${index}[dependency:p]`, { weight: index * 1000 })
    }
    const { hotspots, truncated } = buildReport(builder.build(), runRecord())
    const own = hotspots.filter(({ category }) => category === 'source')
    expect([hotspots.length, own.length]).toEqual([500, 250])
    expect(own.at(-1)?.function).toBe('own3')
    expect(truncated).toEqual([{ table: 'hotspots', kept: 500, total: 504 }])
  })
})

describe('The tables of a huge suite', () => {
  test('are each truncated after their most expensive rows', () => {
    const modules = Array.from({ length: 1001 }, (_, index) =>
      moduleTotal({ path: `/project/${index}.js`, saved: index * 1000 }),
    )
    const missing = Array.from({ length: 1003 }, (_, index) => ({
      ...{ file: `/project/${index}.test.js`, reason: 'it is gone', remedy: 'Find it.' },
    }))
    const report = buildReport(profileFromText('-\nA'), runRecord({ modules, missing }))
    expect(report.imports).toHaveLength(1000)
    expect(report.imports.at(-1)?.savedMs).toBe(1)
    expect(report.missing).toHaveLength(1000)
    expect(report.truncated).toEqual([
      { table: 'imports', kept: 1000, total: 1001 },
      { table: 'missing', kept: 1000, total: 1003 },
    ])
  })

  test('of hooks, waits and leaks are truncated as well', () => {
    const count = 1001
    const places = Array.from({ length: count }, (_, index) => index)
    const runs = { definition: places, start: places, end: places.map(index => index + 1) }
    const recording = resolvedFromText('0     1001\nidle  A', {
      tests: [span({ index: 0, start: 0, end: 1001 }), span({ index: 1, start: 1001, end: 1002 })],
      hooks: {
        definitions: places.map(index => ({ type: 'beforeEach', describe: [`block ${index}`], site: -1 })),
        runs: { ...runs, test: places.map(() => 0) },
      },
    })
    const report = reportOf([
      withWaits(recording, {
        resources: places.map(index => ({ stack: [`f${index}`], test: 0 })),
        wakes: places.map(index => [index + 1, index]),
        leaks: {
          ...{ resource: places, during: places.map(() => 1) },
          ...{ count: places.map(() => 1), micros: places.map(() => 1) },
        },
      }),
    ])
    expect([report.hooks, report.waits, report.leaks].map(({ length }) => length)).toEqual([1000, 1000, 500])
    expect(report.truncated).toEqual([
      { table: 'hooks', kept: 1000, total: count },
      { table: 'waits', kept: 1000, total: count },
      { table: 'leaks', kept: 500, total: count },
    ])
  })
})

describe('hotCode', () => {
  test('lists functions of the project singly and packages as a whole, and omits Jest, Node and functions with one sample', () => {
    const profile = profileFromText(
      `
      -   -   -        -        -               -                 -        -        -        -        -
      A   A   A        A        A               A                 J[jest]  J[jest]  N[node]  N[node]  C
              B[test]  B[test]  L[dependency:l] L[dependency:l]
    `,
      { weight: 1000 },
    )
    const rows = hotCode(buildReport(profile, runRecord()))
    expect(
      rows.map(row => `${row.kind === 'package' ? row.package.package : row.hotspot.function} ${row.selfMs}`),
    ).toEqual(['B 2', 'l 2', 'A 2'])
  })

  test('includes the number of sampled functions and the total time of a package', () => {
    const profile = profileFromText(
      `
      -               -
      L[dependency:l] M[dependency:l]
      A               A
      M[dependency:l]
    `,
      { weight: 1000 },
    )
    expect(buildReport(profile, runRecord()).packages).toEqual([
      { package: 'l', category: 'dependency', functions: 1, sampleCount: 1, selfMs: 1, totalMs: 2 },
    ])
  })
})
