import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Shifts } from '../../../src/compare/statistics/hodges-lehmann.js'
import { normal, seeded } from '../../support/drawn-figures.js'

const side = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 12 })

describe('The Hodges-Lehmann shift', () => {
  test('equals R’s result for Hollander and Wolfe’s permeability data', () => {
    const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    const early = [1.15, 0.88, 0.9, 0.74, 1.21]
    const shift = new Shifts().of(early, atTerm)
    expect(shift?.estimate).toBeCloseTo(0.305, 9)
    expect(shift?.interval.map(end => end.toFixed(2))).toEqual(['-0.15', '0.76'])
  })

  test('is within its interval and moves with the values', () => {
    const shifts = new Shifts()
    fc.assert(
      fc.property(side, side, fc.integer({ min: -500, max: 500 }), (base, head, moved) => {
        const shift = shifts.of(base, head)
        const other = shifts.of(
          base,
          head.map(value => value + moved),
        )
        if (shift === null || other === null) throw new Error('there is no interval')
        const [low, high] = shift.interval
        expect(low).toBeLessThanOrEqual(shift.estimate)
        expect(high).toBeGreaterThanOrEqual(shift.estimate)
        expect([other.estimate - moved, other.interval[0] - moved, other.interval[1] - moved]).toEqual([
          shift.estimate,
          low,
          high,
        ])
      }),
    )
  })

  test('has a 95 % interval for four values per side, and none for three', () => {
    const shifts = new Shifts()
    expect(shifts.of([1, 2, 3], [1, 2, 3])).toBeNull()
    expect(shifts.of([1, 2, 3, 4], [11, 12, 13, 14])).toEqual({ estimate: 10, interval: [7, 13] })
  })

  test.each([
    [6, 9],
    [30, 30],
  ])('covers the true shift in at least 95 % of cases with %d and %d values', (inBase, inHead) => {
    const random = seeded(1)
    const shifts = new Shifts()
    const draw = (count: number, shift: number) => Array.from({ length: count }, () => normal(random) + shift)
    const covered = Array.from({ length: 400 }, () => shifts.of(draw(inBase, 0), draw(inHead, 2))).filter(
      shift => shift !== null && shift.interval[0] <= 2 && shift.interval[1] >= 2,
    )
    // With a coverage of 95 %, fewer than 367 of 400 have a probability of about 1 in 1,000.
    expect(covered.length).toBeGreaterThanOrEqual(367)
    expect(covered.length).toBeLessThan(400)
  })
})
