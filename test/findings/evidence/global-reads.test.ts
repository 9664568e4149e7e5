import { describe, expect, test } from '@jest/globals'
import { globalReads } from '../../../src/findings/rules/sandbox-globals.js'

describe('globalReads finds globals in', () => {
  test.each([
    ['sum += Math.sqrt(x) * Math.PI', ['Math']],
    ['if (x === Infinity || Number.isNaN(x)) return NaN', ['Infinity', 'NaN', 'Number']],
    ['return Array.isArray(x) ? x : isNaN(x)', ['Array', 'isNaN']],
    ['while (error instanceof Error) error = error[Symbol.toStringTag]', ['Error', 'Symbol']],
    ["const x = Math.floor('Infinity') // NaN", ['Math']],
    ['const point: Map<string, Error> = cache ?? globalThis.cache', ['globalThis']],
  ])('%s', (line, names) => {
    expect(globalReads(line, line)).toEqual(names)
  })
})

describe('globalReads finds no expensive globals in', () => {
  test.each([
    ['own.Math.sqrt(x)'],
    ['$Math.sqrt(x)'],
    ['log("Math.sqrt", \'NaN\') // Infinity'],
    [' * as Math.sqrt does'],
    ['x = undefined'],
    ['while (Date.now() < end) n++'],
    ['n += new Set(list).size + Math.abs(n)'],
    ['n += JSON.parse(text).length + Math.abs(n)'],
    ['n = Math.max(...list)'],
    ['list.sort((a, b) => Math.abs(a) - Math.abs(b))'],
    ['text.replace(/a/g, "b").length < Infinity'],
  ])('%s', line => {
    expect(globalReads(line, line)).toEqual([])
  })
})

test.each([
  ["import { Math } from './fixed-point'"],
  ["import {\n  Fixed,\n  Math,\n} from './fixed-point'"],
  ['const { Math } = fixedPoint'],
  ['const Math = fixedPoint'],
  ['class Math {}'],
])('globalReads ignores a name that the file declares with %j', declaration => {
  expect(globalReads('x = Math.sqrt(y)', `${declaration}\nx = Math.sqrt(y)`)).toEqual([])
})

test('globalReads finds a global that the file destructures', () => {
  expect(globalReads('x = Math.sqrt(y)', 'const { floor } = Math\nx = Math.sqrt(y)')).toEqual(['Math'])
})
