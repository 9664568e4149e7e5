import { describe, expect, test } from '@jest/globals'
import { moreWorkersThanCores } from '../../../src/findings/rules/more-workers-than-cores.js'
import type { Report } from '../../../src/report/report.js'
import { factsOf } from '../../support/facts.js'
import { reportOf } from '../../support/run-record.js'

/** A run of 10 s on two cores, with so many workers. */
function found(workers: number, totals: Partial<Report['totals']>) {
  const { run, schedule } = reportOf([])
  const times = { files: 1, startedAtMs: 500, endedAtMs: 10_500, busyMs: 10_000, cpuMs: 0 }
  const busy = Array.from({ length: workers }, (_, index) => ({ worker: index + 1, ...times }))
  return moreWorkersThanCores(
    factsOf({ report: { run: { ...run, cpuCount: 2 }, schedule: { ...schedule, workers: busy }, totals } }),
  )
}

describe('by the clocks of their threads', () => {
  test('workers that ran for less time than they were busy have waited for a core', () => {
    expect(found(4, { cpuMs: 16_000, blockedMs: 1000, threadCpuMs: 9000 })).toEqual([
      {
        id: 'more-workers-than-cores',
        confidence: 'medium',
        title: '4 workers share 2 cores',
        evidence:
          'The workers were busy for 15.0 s and ran for 9.00 s of it: for 6.00 s they waited for a core.',
        remedy: expect.stringMatching(/^Set `maxWorkers` to 1,/),
        costMs: 6000,
        position: null,
      },
    ])
  })

  test('nothing is said of four fifths', () => {
    expect(found(4, { cpuMs: 10_000, threadCpuMs: 8001 })).toEqual([])
  })

  test('nothing is said of as many workers as cores', () => {
    expect(found(2, { cpuMs: 16_000, threadCpuMs: 9000 })).toEqual([])
  })
})

describe('without such clocks', () => {
  test('workers that were busy for longer than the cores can run have waited for one', () => {
    expect(found(4, { cpuMs: 32_000, threadCpuMs: null })).toMatchObject([
      {
        confidence: 'high',
        evidence: 'In 10.0 s the workers were busy for 32.0 s, 12.0 s more than 2 cores can give.',
        costMs: 12_000,
      },
    ])
  })

  test('nothing is said of less', () => {
    expect(found(4, { cpuMs: 20_000, threadCpuMs: null })).toEqual([])
  })

  test('nothing is said of threads that stood still, which needs no core', () => {
    expect(found(4, { cpuMs: 32_000, blockedMs: 12_000, threadCpuMs: null })).toEqual([])
  })
})
