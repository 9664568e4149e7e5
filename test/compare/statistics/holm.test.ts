import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { holm } from '../../../src/compare/statistics/holm.js'

const evenly = (...p: number[]) => p.map(value => ({ p: value, weight: 1 }))
const tests = fc.array(
  fc.record({ p: fc.double({ min: 0.001, max: 1, noNaN: true }), weight: fc.integer({ min: 1, max: 9 }) }),
  { minLength: 1, maxLength: 20 },
)

describe('The Holm correction', () => {
  test('with equal weights equals R’s p.adjust', () => {
    expect(holm(evenly(0.01, 0.04, 0.03, 0.005)).map(p => p.toFixed(3))).toEqual([
      '0.030',
      '0.060',
      '0.060',
      '0.020',
    ])
  })

  test('gives more of the error rate to larger weights', () => {
    const [heavy, light] = holm([
      { p: 0.04, weight: 9 },
      { p: 0.04, weight: 1 },
    ])
    expect(heavy).toBeCloseTo(0.04 / 0.9, 12)
    expect(light).toBeCloseTo(0.04 / 0.9, 12)
    expect(
      holm([
        { p: 0.03, weight: 1 },
        { p: 0.9, weight: 9 },
      ])[0],
    ).toBeCloseTo(0.3, 12)
  })

  test('never makes a p smaller, and corrects the smallest as Bonferroni does', () => {
    fc.assert(
      fc.property(tests, given => {
        const adjusted = holm(given)
        const whole = given.reduce((sum, { weight }) => sum + weight, 0)
        given.forEach(({ p }, index) => {
          expect(adjusted[index]).toBeGreaterThanOrEqual(p - 1e-12)
        })
        const bonferroni = Math.min(1, ...given.map(({ p, weight }) => (p * whole) / weight))
        expect(Math.min(...adjusted)).toBeCloseTo(bonferroni, 9)
      }),
    )
  })

  test('does not depend on the order of the tests', () => {
    fc.assert(
      fc.property(tests, given => {
        const forwards = holm(given)
        const backwards = holm(given.toReversed()).toReversed()
        forwards.forEach((p, index) => {
          expect(p).toBeCloseTo(backwards[index] ?? -1, 9)
        })
      }),
    )
  })
})
