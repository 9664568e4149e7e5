import { expect, test } from '@jest/globals'
import { normalTails } from '../../../src/compare/statistics/normal-distribution.js'

test.each([
  [0, 1],
  [1.959963984540054, 0.05],
  [3, 0.002699796063],
  [5, 5.733031438e-7],
  [8, 1.244192115e-15],
])('normalTails(%d) is %d', (distance, expected) => {
  expect(Math.abs(normalTails(distance) / expected - 1)).toBeLessThan(2e-7)
})
