import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LineShares } from '../../../src/formats/profiles/line-shares.js'
import { at } from '../../../src/profile/columns.js'
import type { FrameIndex } from '../../../src/profile/profile.js'

const FUNCTION = 0 as FrameIndex
const OTHER = 1 as FrameIndex

const sharesOf = (weight: readonly number[]) =>
  new LineShares({ frame: weight.map(() => FUNCTION), line: weight.map((_, row) => row + 1), weight })

test('LineShares keeps the samples of a function without lines together', () => {
  const shares = sharesOf([1])
  expect(shares.deal(OTHER, { weight: 70, count: 7 })).toEqual([{ row: undefined, weight: 70, count: 7 }])
})

test('LineShares gives a single sample to one line, starting with the largest share', () => {
  const shares = sharesOf([1, 3])
  const rows = [1, 2, 3, 4].map(() => shares.deal(FUNCTION, { weight: 10, count: 1 })[0]?.row)
  expect(rows.toSorted()).toEqual([0, 1, 1, 1])
  expect(rows[0]).toBe(1)
})

test('LineShares keeps time without a sample together', () => {
  expect(sharesOf([1, 1]).deal(FUNCTION, { weight: 5, count: 0 })).toMatchObject([{ weight: 5, count: 0 }])
})

test('LineShares keeps the lines of functions apart', () => {
  const shares = new LineShares({ frame: [FUNCTION, OTHER], line: [1, 1], weight: [5, 9] })
  expect(shares.deal(FUNCTION, { weight: 4, count: 2 })).toEqual([{ row: 0, weight: 4, count: 2 }])
  expect(shares.deal(OTHER, { weight: 4, count: 2 })).toEqual([{ row: 1, weight: 4, count: 2 }])
})

test('LineShares deals exact totals, and gives each line its share to within a few samples', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 10 })
  const stacks = fc.array(
    fc.record({ weight: fc.integer({ min: 0, max: 10_000 }), count: fc.integer({ min: 1, max: 20 }) }),
    { minLength: 1, maxLength: 30 },
  )
  fc.assert(
    fc.property(weights, stacks, (lines, dealt) => {
      const shares = sharesOf(lines)
      const given = lines.map(() => 0)
      for (const stack of dealt) {
        const parts = shares.deal(FUNCTION, stack)
        expect(sum(parts.map(({ weight }) => weight))).toBe(stack.weight)
        expect(sum(parts.map(({ count }) => count))).toBe(stack.count)
        expect(new Set(parts.map(({ row }) => row)).size).toBe(parts.length)
        for (const { row = -1, weight } of parts) given[row] = at(given, row) + weight
      }
      const total = sum(dealt.map(({ weight }) => weight))
      const heaviest = Math.max(...dealt.map(({ weight, count }) => Math.ceil(weight / count)))
      given.forEach((weight, row) => {
        const due = (total * at(lines, row)) / sum(lines)
        expect(Math.abs(weight - due)).toBeLessThanOrEqual(4 * heaviest + 1)
      })
    }),
    { numRuns: 500 },
  )
})

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
