import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { jsonParts } from '../../src/formats/json.js'

const textOf = (value: unknown, indent = '') => [...jsonParts(value, { indent })].join('')

test('jsonParts writes plain data exactly like JSON.stringify', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      expect(textOf(value)).toBe(JSON.stringify(value))
      expect(textOf(value, ' ')).toBe(JSON.stringify(value, null, ' '))
    }),
  )
})

test('jsonParts omits undefined properties, and writes undefined elements as null', () => {
  const value = { a: undefined, b: [undefined, 1], c: { d: undefined } }
  expect(textOf(value)).toBe(JSON.stringify(value))
  expect(textOf(value, ' ')).toBe(JSON.stringify(value, null, ' '))
  expect(textOf({ last: 1, a: undefined })).toBe('{"last":1}')
})

test('jsonParts writes typed arrays of any length as arrays, in pieces of limited length', () => {
  const value = {
    index: Int32Array.from({ length: 12_345 }, (_, row) => row - 5),
    weight: Float64Array.from({ length: 2000 }, (_, row) => row / 4),
    none: new Int32Array(0),
  }
  expect(JSON.parse(textOf(value, ' '))).toEqual(JSON.parse(textOf(value)))
  const pieces = [...jsonParts(value)]
  expect(JSON.parse(pieces.join(''))).toEqual({
    index: [...value.index],
    weight: [...value.weight],
    none: [],
  })
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(50_000)
})

test('jsonParts writes typed arrays nested in array elements as arrays', () => {
  const value = [
    { type: 'cpu', weight: Float64Array.of(1.5, 2) },
    { type: 'wait', weight: new Float64Array(0) },
  ]
  const plain = [
    { type: 'cpu', weight: [1.5, 2] },
    { type: 'wait', weight: [] },
  ]
  expect(JSON.parse(textOf(value))).toEqual(plain)
  expect(textOf(value, ' ')).toBe(JSON.stringify(plain, null, ' '))
})
