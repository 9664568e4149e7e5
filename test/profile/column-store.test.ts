import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ColumnStore } from '../../src/profile/sequences.js'

describe('ColumnStore', () => {
  test('keeps every column unchanged, regardless of later columns and of changes to the input', () => {
    const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true }))
    fc.assert(
      fc.property(fc.array(fc.array(number)), columns => {
        const store = new ColumnStore()
        const kept = columns.map(numbers => {
          const given = [...numbers]
          const column = store.keep(given)
          given.fill(7)
          return column
        })
        const plain = (numbers: Iterable<number>) => [...numbers].map(value => (value === 0 ? 0 : value))
        expect(kept.map(plain)).toEqual(columns.map(plain))
      }),
    )
  })

  test('short columns share memory, with four bytes per number unless one needs more', () => {
    const store = new ColumnStore()
    const [one, other] = [store.keepWhole([1, 2]), store.keep([3, 2 ** 31 - 1])]
    expect(other.buffer).toBe(one.buffer)
    expect([one, other]).toEqual([Int32Array.of(1, 2), Int32Array.of(3, 2 ** 31 - 1)])
    expect(store.keep([1, 2 ** 31])).toEqual(Float64Array.of(1, 2 ** 31))
    expect(store.keep([0.5])).toEqual(Float64Array.of(0.5))
    expect(store.keep([4]).byteOffset).toBe(other.byteOffset + other.byteLength)
  })

  test('a column may be longer than the shared blocks', () => {
    const long = Array.from({ length: 300_000 }, (_, index) => index)
    const store = new ColumnStore()
    store.keep([1])
    expect(Array.from(store.keep(long))).toEqual(long)
    expect([...store.keep([2])]).toEqual([2])
  })
})
