import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { GrowingColumn } from '../../src/profile/growing-column.js'

describe('GrowingColumn', () => {
  test('keeps pushed numbers in order, including large numbers, fractions and NaN', () => {
    const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noDefaultInfinity: true }))
    fc.assert(
      fc.property(fc.array(number, { size: 'large' }), fc.nat(3000), (numbers, reserved) => {
        const column = new GrowingColumn<number>()
        numbers.forEach((value, index) => {
          if (index === 1) column.reserve(reserved)
          column.push(value)
        })
        const plain = numbers.map(value => (value === 0 ? 0 : value))
        expect([...column.all].map(value => (value === 0 ? 0 : value))).toEqual(plain)
        expect([column.length, column.get(numbers.length)]).toEqual([numbers.length, Number.NaN])
      }),
    )
  })

  test('uses four bytes per number until one needs more', () => {
    const column = new GrowingColumn<number>()
    column.push(2 ** 31 - 1)
    expect(column.all).toEqual(Int32Array.of(2 ** 31 - 1))
    column.push(2 ** 31)
    expect(column.all).toEqual(Float64Array.of(2 ** 31 - 1, 2 ** 31))
  })

  test('an array that was read stays unchanged after a push', () => {
    const column = new GrowingColumn<number>()
    column.push(1)
    const before = column.all
    column.push(0.5)
    expect([...before]).toEqual([1])
  })
})
