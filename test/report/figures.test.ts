import { describe, expect, test } from '@jest/globals'
import { count, duration, grouped, percent, signedPercent } from '../../src/report/views/figures.js'

describe('duration', () => {
  test.each([
    [0, '0 ms'],
    [0.04, '0.0 ms'],
    [1.26, '1.3 ms'],
    [9.94, '9.9 ms'],
    [9.95, '10 ms'],
    [999.4, '999 ms'],
    [999.5, '1.00 s'],
    [9994, '9.99 s'],
    [9995, '10.0 s'],
    [99_949, '99.9 s'],
    [99_950, '100 s'],
    [1_234_567, '1,235 s'],
  ])('formats %d ms as %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text)
  })
})

describe('percent', () => {
  test.each([
    [0, 10, '0 %'],
    [0.05, 10, '0.5 %'],
    [0.095, 10, '1 %'],
    [1, 3, '33 %'],
    [10, 10, '100 %'],
    [0, 0, '–'],
  ])('formats %d of %d as %s', (part, whole, text) => {
    expect(percent(part, whole)).toBe(text)
  })
})

test.each([
  [0, '0 %'],
  [-0.96, '−1.0 %'],
  [9.94, '+9.9 %'],
  [9.95, '+10 %'],
  [-99.6, '−100 %'],
])('signedPercent formats %d as %s', (change, text) => {
  expect(signedPercent(change)).toBe(text)
})

test('count uses the singular or plural of its noun', () => {
  expect([count(0, 'file'), count(1, 'file'), count(1234, 'file')]).toEqual([
    '0 files',
    '1 file',
    '1,234 files',
  ])
})

test('grouped writes numbers as toLocaleString does', () => {
  for (const amount of [0, 7, 999, 1000, 12_345, 123_456, 1_234_567, 1234.5, 0.125, 1234.5678, -4321])
    expect(grouped(amount)).toBe(amount.toLocaleString('en-US'))
})
