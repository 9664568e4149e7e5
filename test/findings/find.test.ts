import { describe, expect, test } from '@jest/globals'
import { findFindings, withFindings } from '../../src/findings/find.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import type { TransformReport } from '../../src/report/account-reports.js'
import { type DrawnWait, factsOf, waitingFile } from '../support/facts.js'
import { reportOf, runRecord } from '../support/run-record.js'

const sleep = (place: string, totalMs: number): DrawnWait => ({ calls: [place], count: 1, totalMs, test: 0 })
const shown = (waits: DrawnWait[], fileWallMs = 10_000) =>
  findFindings(factsOf({ records: [waitingFile(waits)], report: { totals: { fileWallMs } } })).findings.map(
    ({ id, severity, costMs }) => `${id} ${severity} ${costMs}`,
  )

describe('Findings', () => {
  test('are sorted by what they save, then by cost, then by id; a cold cache is a caveat', () => {
    const transforms: TransformReport[] = [
      {
        transformer: 'babel-jest',
        extension: '.js',
        files: 2,
        cacheMisses: 2,
        totalMs: 500,
        missMs: 500,
        loadMs: 0,
        missLoadMs: 0,
        uncached: 0,
      },
    ]
    const records = [waitingFile([sleep('b.js:1', 400), sleep('a.js:1', 400), sleep('c.js:1', 900)])]
    const { findings, caveats } = findFindings(factsOf({ records, report: { transforms } }))
    expect(findings.map(({ id }) => id)).toEqual([
      ...['real-timers:c.js:1', 'real-timers:a.js:1', 'real-timers:b.js:1'],
    ])
    expect(caveats).toEqual([
      "Jest's transform cache was cold: 2 of 2 files had to be transformed, which took 500 ms (5 % of the time of all test files). " +
        "Run again for representative values. On CI, keep Jest's `cacheDirectory` between runs",
    ])
  })

  test('have a severity by their share of the files’ time', () => {
    expect(
      shown([sleep('a.js:1', 1000), sleep('b.js:1', 999), sleep('c.js:1', 300), sleep('d.js:1', 299)]),
    ).toEqual([
      'real-timers:a.js:1 high 1000',
      'real-timers:b.js:1 medium 999',
      'real-timers:c.js:1 medium 300',
      'real-timers:d.js:1 low 299',
    ])
  })

  test('cost at least 0.1 s', () => {
    expect(shown([sleep('a.js:1', 100), sleep('b.js:1', 99)], 1000)).toEqual(['real-timers:a.js:1 high 100'])
  })

  test('cost at least 1 % of the files’ time', () => {
    expect(shown([sleep('a.js:1', 1000), sleep('b.js:1', 999)], 100_000)).toEqual([
      'real-timers:a.js:1 low 1000',
    ])
  })

  test('are added to the report, which is otherwise unchanged', () => {
    const record = runRecord({ files: [waitingFile([sleep('a.js:1', 300)])] })
    const report = reportOf([])
    const { findings, savesWallMs, ...others } = withFindings(report, new ProfileBuilder().build(), record)
    expect(findings.map(({ id }) => id)).toEqual(['real-timers:a.js:1'])
    expect(savesWallMs).toEqual(findings[0]?.savesWallMs)
    expect({ ...others, findings: [], savesWallMs: null }).toEqual(report)
  })

  test('are empty for an empty run', () => {
    expect(withFindings(reportOf([]), new ProfileBuilder().build(), runRecord()).findings).toEqual([])
  })
})
