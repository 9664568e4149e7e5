import { expect, test } from '@jest/globals'
import { automaticInterval } from '../../src/run/sampling-interval.js'

test.each([
  [1, 1000],
  [9, 1000],
  [10, 5000],
  [19, 5000],
  [20, 10_000],
  [Number.POSITIVE_INFINITY, 10_000],
])('%d test files are sampled every %d microseconds', (testFiles, micros) => {
  expect(automaticInterval(testFiles)).toBe(micros)
})
