import { describe, expect, test } from '@jest/globals'
import { moreWorkersThanCores } from '../../../src/findings/rules/more-workers-than-cores.js'
import type { MergedRun, WorkerReport } from '../../../src/report/report.js'
import { factsOf } from '../../support/facts.js'
import { mergedRun, reportOf } from '../../support/run-record.js'

type Times = Pick<WorkerReport, 'cpuMs' | 'readyMs'> & { blockedMs?: number }

/** Findings for a run of 10 s on two cores, with that many workers that each have these times. */
function found(
  workers: number,
  times: Times,
  machines?: { merged: MergedRun[]; of: (worker: number) => number },
) {
  const { run, schedule } = reportOf([])
  const window = { files: 1, startedAtMs: 500, endedAtMs: 10_500, busyMs: 10_000, blockedMs: 0 }
  const busy = Array.from({ length: workers }, (_, index) => {
    const worker = index + 1
    return { worker, machine: machines?.of(worker) ?? 0, ...window, ...times }
  })
  const merged = machines === undefined ? {} : { mergedFrom: machines.merged }
  return moreWorkersThanCores(
    factsOf({
      report: { run: { ...run, cpuCount: 2, ...merged }, schedule: { ...schedule, workers: busy } },
    }),
  )
}

describe('moreWorkersThanCores with thread clocks', () => {
  test('finds workers that waited for a core', () => {
    expect(found(4, { cpuMs: 2250, readyMs: 1500, blockedMs: 250 })).toEqual([
      {
        id: 'more-workers-than-cores',
        confidence: 'medium',
        title: '4 workers share 2 cores',
        evidence: 'The workers were runnable for 15.0 s, and had no core for 6.00 s of it.',
        remedy: expect.stringMatching(/^Set `maxWorkers` to 1,/),
        costMs: 6000,
        savings: { command: { low: 0, high: 1500 } },
      },
    ])
  })

  test('saves no more than what the cores did not compute: the work stays', () => {
    // 19 of the 20 s that two cores can compute in 10 s.
    const [finding] = found(4, { cpuMs: 4750, readyMs: 5000 })
    expect(finding?.savings).toEqual({ command: { low: 0, high: 500 } })
  })

  test('ignores workers that ran for 80 % of the time that they were runnable', () => {
    expect(found(4, { cpuMs: 2001, readyMs: 499 })).toEqual([])
  })

  test('ignores as many workers as cores', () => {
    expect(found(2, { cpuMs: 4500, readyMs: 3500 })).toEqual([])
  })
})

describe('moreWorkersThanCores without thread clocks', () => {
  test('finds workers that were busy for longer than the cores provide', () => {
    expect(found(4, { cpuMs: 8000, readyMs: null })).toMatchObject([
      {
        confidence: 'high',
        evidence: 'In 10.0 s the workers were busy for 32.0 s, 12.0 s more than 2 cores can provide.',
        costMs: 12_000,
      },
    ])
  })

  test('ignores workers that the cores can serve', () => {
    expect(found(4, { cpuMs: 5000, readyMs: null })).toEqual([])
  })

  test('ignores blocked threads, which need no core', () => {
    expect(found(4, { cpuMs: 5000, readyMs: null, blockedMs: 3000 })).toEqual([])
  })
})

describe('moreWorkersThanCores in a merged run', () => {
  const slow = { cpuMs: 4000, readyMs: 4000 }

  test('does not add up workers of different machines', () => {
    const merged = [mergedRun('1/2'), mergedRun('2/2')]
    expect(found(4, slow, { merged, of: worker => (worker > 2 ? 1 : 0) })).toEqual([])
  })

  test('names the machine with too many workers and its cores', () => {
    const merged = [mergedRun('1/2'), { ...mergedRun('2/2'), cpuCount: 3, workers: 4 }]
    expect(found(6, slow, { merged, of: worker => (worker > 2 ? 1 : 0) })).toMatchObject([
      {
        id: 'more-workers-than-cores:shard 2/2',
        title: 'shard 2/2: 4 workers share 3 cores',
        remedy: expect.stringMatching(/^Set `maxWorkers` to 2,/),
        costMs: 16_000,
      },
    ])
  })
})
