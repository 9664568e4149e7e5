import { expect, test } from '@jest/globals'
import { epochMsAt, monotonicMicros, readClocks } from '../../src/collect/clock.js'

test('epochMsAt derives the time of day from one known pair of timestamps, not from the wall clock', () => {
  const known = { epochMs: 1_700_000_000_000, micros: 5_000_000 }
  expect(epochMsAt(5_000_000, known)).toBe(1_700_000_000_000)
  expect(epochMsAt(5_001_500, known)).toBe(1_700_000_000_001.5)
  expect(epochMsAt(4_000_000, known)).toBe(1_699_999_999_000)
})

test('readClocks reads the wall clock and the monotonic clock at the same time', () => {
  const [dayBefore, before] = [Date.now(), monotonicMicros()]
  const { epochMs, micros } = readClocks()
  expect(epochMs).toBeGreaterThanOrEqual(dayBefore)
  expect(epochMs).toBeLessThanOrEqual(Date.now())
  expect(micros).toBeGreaterThanOrEqual(before)
  expect(micros).toBeLessThanOrEqual(monotonicMicros())
})
