import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { leastP, MannWhitney } from '../../../src/compare/statistics/mann-whitney.js'

const mannWhitney = (base: number[], head: number[]) => new MannWhitney().test(base, head).p

// A few distinct values, to produce ties.
const side = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 })

/** The share of all assignments of the values to the sides that separate them at least as far. */
function enumerated(base: readonly number[], head: readonly number[]): number {
  const values = [...base, ...head]
  const rankOf = (value: number) =>
    values.filter(other => other < value).length + (values.filter(other => other === value).length + 1) / 2
  const ranks = values.map(rankOf)
  const mean = (base.length * (values.length + 1)) / 2
  const distance = (chosen: readonly number[]) => Math.abs(chosen.reduce((sum, rank) => sum + rank, 0) - mean)
  const observed = distance(ranks.slice(0, base.length))
  let [all, asFar] = [0, 0]
  for (let choice = 0; choice < 2 ** values.length; choice++) {
    const chosen = ranks.filter((_, index) => (choice >> index) % 2 === 1)
    if (chosen.length !== base.length) continue
    all++
    if (distance(chosen) >= observed) asFar++
  }
  return asFar / all
}

describe('The Mann-Whitney test', () => {
  test('equals an enumeration of all assignments, with and without ties', () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        expect(mannWhitney(base, head)).toBeCloseTo(enumerated(base, head), 12)
      }),
    )
  })

  test('equals the p that R documents for Hollander and Wolfe’s permeability data', () => {
    const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    const early = [1.15, 0.88, 0.9, 0.74, 1.21]
    expect(mannWhitney(atTerm, early)).toBeCloseTo(2 * 0.1272, 4)
  })

  test('does not depend on the order of the sides or on the unit', () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        const p = mannWhitney(base, head)
        expect(mannWhitney(head, base)).toBeCloseTo(p, 12)
        expect(
          mannWhitney(
            base.map(value => value * 8),
            head.map(value => value * 8),
          ),
        ).toBeCloseTo(p, 12)
      }),
    )
  })

  test('never has a smaller p than complete separation', () => {
    const pair = fc.integer({ min: 1, max: 5 }).chain(size => {
      const values = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: size, maxLength: size })
      return fc.tuple(values, values)
    })
    fc.assert(
      fc.property(pair, ([base, head]) => {
        expect(mannWhitney(base, head)).toBeGreaterThanOrEqual(leastP(base.length, head.length) - 1e-12)
      }),
    )
    expect(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(leastP(5, 5), 12)
    expect([4, 5, 8, 10].map(runs => leastP(runs, runs).toPrecision(3))).toEqual([
      '0.0286',
      '0.00794',
      '0.000155',
      '0.0000108',
    ])
  })

  test('switches to the normal approximation above 50 values without a jump, with and without ties', () => {
    const values = (count: number, shift: number, step: number) =>
      Array.from({ length: count }, (_, index) => Math.floor(((index * 7) % count) / step) + shift)
    for (const step of [1, 5]) {
      const exact = mannWhitney(values(25, 0, step), values(25, 4 / step, step))
      const approximate = mannWhitney(values(26, 0, step), values(26, 4 / step, step))
      expect(Math.abs(approximate - exact)).toBeLessThan(0.03)
      expect(exact).toBeLessThan(0.3)
    }
  })

  test('reports which side has the larger values', () => {
    const test = new MannWhitney()
    expect(test.test([1, 2, 3], [4, 5, 6]).direction).toBe(1)
    expect(test.test([4, 5, 6], [1, 2, 3]).direction).toBe(-1)
    expect(test.test([1, 3], [2, 2]).direction).toBe(0)
  })

  test('has a p of 1 for equal values', () => {
    expect(mannWhitney([1, 1, 1, 1], [1, 1, 1, 1])).toBe(1)
    expect(mannWhitney(new Array(30).fill(1), new Array(30).fill(1))).toBe(1)
  })
})
