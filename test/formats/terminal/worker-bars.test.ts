import { describe, expect, test } from '@jest/globals'
import { workerBars } from '../../../src/formats/terminal/worker-bars.js'
import type { Report, WorkerReport } from '../../../src/report/report.js'
import { drawnRun } from '../../support/drawn-run.js'
import { fileReport } from '../../support/facts.js'

/** The test files of each worker: when they began, and how long they took. */
function reportWith(workers: readonly (readonly [startedAtMs: number, wallMs: number][])[]): Report {
  const { report } = drawnRun()
  const files = workers.flatMap((own, index) =>
    own.map(([startedAtMs, wallMs]) => fileReport({ worker: index + 1, startedAtMs, wallMs })),
  )
  const busy = workers.map((own, index): WorkerReport => {
    const busyMs = own.reduce((sum, [, wallMs]) => sum + wallMs, 0)
    const given = { worker: index + 1, machine: 0, files: own.length, busyMs }
    return { ...given, startedAtMs: 0, endedAtMs: 100, cpuMs: busyMs, readyMs: null, blockedMs: 0 }
  })
  const totals = { ...report.totals, wallMs: 100 }
  return { ...report, files, totals, schedule: { ...report.schedule, workers: busy } }
}

describe('workerBars', () => {
  test('draws files in turn, and gaps before, between and after them', () => {
    const report = reportWith([
      [
        [50, 50],
        [0, 50],
      ],
      [
        [20, 20],
        [60, 10],
      ],
    ])
    expect(workerBars(report, 40)).toEqual([
      'worker 1 ██████████▓▓▓▓▓▓▓▓▓▓ 100 % busy',
      'worker 2 ····████····▓▓······ 30 % busy',
    ])
  })

  test('draws nothing for one worker, for busy ones, and for machines whose times do not compare', () => {
    const idle = reportWith([[[0, 100]], [[20, 20]]])
    expect(workerBars(idle, 80)).toHaveLength(2)
    expect(workerBars(reportWith([[[20, 20]]]), 80)).toEqual([])
    expect(workerBars(reportWith([[[0, 100]], [[0, 95]]]), 80)).toEqual([])
    expect(workerBars({ ...idle, run: { ...idle.run, selection: { file: 'a' } } }, 80)).toEqual([])
  })

  test('draws those that waited longest, if there are many workers', () => {
    const report = reportWith([[[0, 99]], [[0, 10]], [[0, 98]], [[0, 20]], [[0, 30]], [[0, 40]]])
    expect(workerBars(report, 80).map(line => line.slice(0, 8))).toEqual(
      [2, 4, 5, 6].map(worker => `worker ${worker}`),
    )
  })
})
