import { expect, test } from '@jest/globals'
import { monotonicMicros } from '../../../src/collect/clock.js'
import { HeapLog } from '../../../src/collect/events/boundary-logs.js'

test('HeapLog shows retained memory as a step in used bytes', () => {
  const log = new HeapLog()
  const start = monotonicMicros()
  log.note()
  const kept = Array.from({ length: 500_000 }, (_, index) => ({ index }))
  log.note()
  const { time, usedBytes } = log.columns(start)
  expect(time).toEqual(time.toSorted((a, b) => a - b))
  expect(time[0]).toBeGreaterThanOrEqual(0)
  expect((usedBytes[1] ?? 0) - (usedBytes[0] ?? 0)).toBeGreaterThan(4 * kept.length)
})
