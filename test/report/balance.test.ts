import { expect, test } from '@jest/globals'
import type { WorkerReport } from '../../src/report/report.js'
import { computeBalanceGain } from '../../src/report/views/machines.js'

const worker: WorkerReport = {
  ...{ worker: 1, machine: 0, files: 1, startedAtMs: 0, endedAtMs: 0 },
  ...{ busyMs: 0, cpuMs: 0, readyMs: 0, blockedMs: 0 },
}

const gain = (balancedWallMs: number, ...ends: number[]) =>
  computeBalanceGain({
    workers: ends.map((endedAtMs, index) => ({ ...worker, worker: index + 1, endedAtMs })),
    ...{ criticalFile: null, balancedWallMs },
  })

test('computeBalanceGain returns how much longer the last worker runs than a balanced run would', () => {
  expect(gain(700, 400, 1000)).toBe(300)
  expect(gain(1000, 1000, 1000)).toBe(0)
})

test('computeBalanceGain returns 0 for less than 5 % of the run', () => {
  expect(gain(951, 900, 1000)).toBe(0)
  expect(gain(950, 900, 1000)).toBe(50)
})

test('computeBalanceGain returns 0 without workers', () => {
  expect(gain(0)).toBe(0)
})
