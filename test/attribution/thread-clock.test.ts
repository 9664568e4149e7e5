import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { longestStep, ranBetween } from '../../src/attribution/thread-clock.js'
import type { ThreadClock } from '../../src/recording/recording.js'

const STEP = 4000

const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

/** Differences between consecutive timestamps, or between consecutive CPU times. */
const differences = (column: readonly number[]) =>
  column.slice(1).map((amount, index) => amount - (column[index] ?? Number.NaN))

/** A clock that shows the CPU time of the thread in whole steps; `phase` is the part of a step that had passed at its start. */
const stepping = (time: number[], ran: readonly number[], phase = 0): ThreadClock => ({
  ...{ step: STEP, time },
  cpu: ran.map(micros => Math.floor((micros + phase) / STEP) * STEP),
})

const ascending = (after: readonly number[]) => {
  let moment = 0
  return [0, ...after.map(by => (moment += by))]
}

const waits = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: 1, maxLength: 20 })

describe('ranBetween with a clock that advances in steps', () => {
  test('gives no time without a core while the thread always runs, whenever the clock is read', () => {
    fc.assert(
      fc.property(waits(20_000), fc.nat(STEP - 1), (after, phase) => {
        const time = ascending(after)
        expect(ranBetween(stepping(time, time, phase), after)).toEqual(after)
      }),
    )
  })

  test('gives no time without a core to a thread that runs now and then as sampled', () => {
    const pieces = fc.array(fc.record({ busy: fc.nat(9000), idle: fc.nat(9000) }), {
      ...{ minLength: 1, maxLength: 20 },
    })
    fc.assert(
      fc.property(pieces, fc.nat(STEP - 1), (drawn, phase) => {
        const busy = drawn.map(piece => piece.busy)
        const time = ascending(drawn.map(piece => piece.busy + piece.idle))
        expect(ranBetween(stepping(time, ascending(busy), phase), busy)).toEqual(busy)
      }),
    )
  })

  test('finds a span of 50 ms without a core, within one step', () => {
    // With a reading every 7 ms, steps occur at each quarter of the interval between two readings.
    const after = Array.from({ length: 60 }, (_, index) => (index === 30 ? 57_000 : 7000))
    const ran = after.map(() => 7000)
    for (let phase = 0; phase < STEP; phase += 500) {
      const found = ranBetween(stepping(ascending(after), ascending(ran), phase), after)
      const missing = after.map((seen, index) => seen - (found[index] ?? Number.NaN))
      expect(Math.abs(total(missing) - 50_000)).toBeLessThanOrEqual(STEP)
      expect(total(missing.slice(0, 30))).toBe(0)
      // At most one step late.
      expect(missing[30]).toBeGreaterThanOrEqual(50_000 - 2 * STEP)
    }
  })

  test('finds time without a core in short intervals between readings', () => {
    const after = Array.from({ length: 200 }, () => 1000)
    const ran = after.map(() => 500)
    const found = ranBetween(stepping(ascending(after), ascending(ran)), after)
    expect(Math.abs(total(found) - 100_000)).toBeLessThanOrEqual(STEP)
  })
})

describe('ranBetween with an exact clock', () => {
  test('follows the clock between any two readings', () => {
    const clock = { step: 0, time: [0, 100, 200, 300], cpu: [7, 107, 127, 207] }
    expect(ranBetween(clock, [100, 100, 10])).toEqual([100, 20, 80])
  })

  test('gives nothing for a single reading', () => {
    expect(ranBetween({ step: 0, time: [5], cpu: [3] }, [])).toEqual([])
  })
})

describe('longestStep', () => {
  test('is the clock’s known step', () => {
    expect(longestStep({ step: STEP, time: [0, 1000, 2000], cpu: [0, 1000, 2000] })).toBe(STEP)
  })

  test('is longer when the clock advances by more than the elapsed time', () => {
    const time = [0, 1000, 2000, 3000, 4000]
    expect(longestStep({ step: STEP, time, cpu: [0, 0, 0, 15_625, 15_625] })).toBe(15_625 - 1000)
    expect(longestStep({ step: 0, time, cpu: [0, 0, 5000, 5000, 10_000] })).toBe(10_000 - 3000)
  })

  test('is long enough for a thread that always runs when the reported step is too short', () => {
    const clocks = fc.record({ after: waits(20_000), phase: fc.nat(15_624) })
    fc.assert(
      fc.property(clocks, ({ after, phase }) => {
        const time = ascending(after)
        const cpu = time.map(moment => Math.floor((moment + phase) / 15_625) * 15_625)
        const step = longestStep({ step: 0, time, cpu })
        expect(step).toBeLessThanOrEqual(15_625)
        for (const [index, ran] of ranBetween({ step, time, cpu }, after).entries())
          expect(ran).toBeLessThanOrEqual(after[index] ?? Number.NaN)
      }),
    )
  })
})

test('ranBetween never exceeds the elapsed time, and matches the clock within one step, for any clock', () => {
  const readings = fc.array(
    fc.record({
      after: fc.nat(10_000),
      shown: fc.nat(12_000),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(readings, fc.constantFrom(0, STEP), (drawn, known) => {
      const time = ascending(drawn.map(({ after }) => after))
      const cpu = ascending(drawn.map(({ shown }) => shown))
      const busy = drawn.map(({ after, share }) => after * share)
      const step = longestStep({ step: known, time, cpu })
      const found = ranBetween({ step, time, cpu }, busy)
      expect(found).toHaveLength(drawn.length)
      differences(time).forEach((passed, index) => {
        expect(found[index]).toBeGreaterThanOrEqual(-1e-6)
        expect(found[index]).toBeLessThanOrEqual(passed + 1e-6)
      })
      // The bound holds between any two readings, not only in total.
      for (let first = 0; first < time.length; first++) {
        for (let last = first + 1; last < time.length; last++) {
          const shown = (cpu[last] ?? Number.NaN) - (cpu[first] ?? Number.NaN)
          expect(Math.abs(total(found.slice(first, last)) - shown)).toBeLessThanOrEqual(step + 1e-6)
        }
      }
    }),
  )
})
