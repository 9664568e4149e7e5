import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { threadTime } from '../../src/account/thread-time.js'

const windows = (...borders: number[]) =>
  borders.slice(0, -1).map((start, index) => ({ start, end: borders[index + 1] ?? start }))

describe('threadTime', () => {
  const clock = { time: [0, 100, 200], cpu: [1000, 1080, 1090] }

  test('between two readings is what the clock went on by', () => {
    expect(windows(0, 100, 200).map(threadTime(clock))).toEqual([80, 10])
  })

  test('of a part of that is its share', () => {
    expect(windows(0, 50, 150, 200).map(threadTime(clock))).toEqual([40, 45, 5])
  })

  test('before the first reading and after the last one nothing is known to have run', () => {
    expect(windows(-50, 0, 100, 300, 400).map(threadTime(clock))).toEqual([0, 80, 10, 0])
  })

  test('of windows that cover the recording adds up to the whole, however they are cut', () => {
    const steps = fc.array(fc.record({ after: fc.nat(50), ran: fc.nat(60) }), { minLength: 1, maxLength: 20 })
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 10 })
    fc.assert(
      fc.property(steps, cuts, (drawn, borders) => {
        let [time, cpu] = [0, 0]
        const read = drawn.map(({ after, ran }) => {
          time += after
          cpu += ran
          return { time, cpu }
        })
        const columns = { time: read.map(entry => entry.time), cpu: read.map(entry => entry.cpu) }
        const parts = windows(0, ...borders.toSorted((a, b) => a - b), 1000).map(threadTime(columns))
        const [whole = Number.NaN] = windows(0, 1000).map(threadTime(columns))
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(whole, 6)
        for (const part of parts) expect(part).toBeGreaterThanOrEqual(-1e-6)
      }),
    )
  })
})
