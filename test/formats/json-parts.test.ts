import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { jsonParts } from '../../src/formats/json.js'

const textOf = (value: unknown, indent = '') => [...jsonParts(value, { indent })].join('')

test('of plain data, the pieces are what JSON.stringify makes of it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      expect(textOf(value)).toBe(JSON.stringify(value))
      expect(textOf(value, ' ')).toBe(JSON.stringify(value, null, ' '))
    }),
  )
})

test('what is undefined is left out of objects, as a value of its own it is null', () => {
  const value = { a: undefined, b: [undefined, 1], c: { d: undefined } }
  expect(textOf(value)).toBe(JSON.stringify(value))
  expect(textOf(value, ' ')).toBe(JSON.stringify(value, null, ' '))
  expect(textOf({ last: 1, a: undefined })).toBe('{"last":1}')
})

test('typed arrays are arrays, as long as they may be, in pieces of bounded length', () => {
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

test('typed arrays within the elements of an array are arrays, too', () => {
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
