import { expect, test } from '@jest/globals'
import { samplingIntervalFor } from '../../src/run/sampling-interval.js'

test.each([
  [1, 1000],
  [9, 1000],
  [10, 5000],
  [19, 5000],
  [20, 10_000],
  [Number.POSITIVE_INFINITY, 10_000],
])('samplingIntervalFor %d test files is %d µs by default', (testFiles, micros) => {
  expect(samplingIntervalFor({ engine: 'inspector', samplingIntervalMicros: 'auto' }, testFiles)).toBe(micros)
})

test('samplingIntervalFor returns a given interval, regardless of the number of test files', () => {
  expect(samplingIntervalFor({ engine: 'inspector', samplingIntervalMicros: 250 }, 1)).toBe(250)
  expect(samplingIntervalFor({ engine: 'inspector', samplingIntervalMicros: 250 }, 100)).toBe(250)
})

test('samplingIntervalFor returns null for the engine none, which takes no samples', () => {
  expect(samplingIntervalFor({ engine: 'none', samplingIntervalMicros: 'auto' }, 1)).toBeNull()
  expect(samplingIntervalFor({ engine: 'none', samplingIntervalMicros: 250 }, 1)).toBeNull()
})
