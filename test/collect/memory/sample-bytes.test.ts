import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { unroundedBytes } from '../../../src/collect/memory/sample-bytes.js'

const INTERVAL = 65_536
const SMALL = INTERVAL / 8
const LARGE = Math.ceil(1.26 * INTERVAL)

/** As V8 does it. */
function sampleOf(size: number): { bytes: number; probability: number } {
  const probability = 1 - Math.exp(-size / INTERVAL)
  return { bytes: size * Math.floor(1 / probability + 0.5), probability }
}

test('Samples of small and of large objects add up to what was allocated, which those of V8 do not', () => {
  const expected = (size: number) => {
    const { bytes, probability } = sampleOf(size)
    return { v8: (bytes * probability) / size, ours: (unroundedBytes(bytes, INTERVAL) * probability) / size }
  }
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 16, max: SMALL }), fc.integer({ min: LARGE, max: 2e6 })), size => {
      expect(Math.abs(expected(size).ours - 1)).toBeLessThan(0.12)
    }),
  )
  expect(expected(100_000).v8).toBeLessThan(0.8)
})
