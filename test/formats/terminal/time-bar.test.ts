import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { alignedGrid, timeBar } from '../../../src/formats/terminal/time-bar.js'

describe('timeBar', () => {
  test('draws segments as wide as their shares, and small ones together', () => {
    const shares = [
      { name: 'startup', ms: 100 },
      { name: 'imports', ms: 200 },
      { name: 'hooks', ms: 2 },
      { name: 'tests', ms: 600 },
      { name: 'teardown', ms: 20 },
    ]
    expect(timeBar(shares, 50)).toBe('│star…│imports   │tests                        │…│')
  })

  test('is as wide as requested, for any shares', () => {
    const anyShares = fc.array(fc.record({ name: fc.constantFrom('a', 'imports'), ms: fc.nat(1000) }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(anyShares, fc.integer({ min: 40, max: 200 }), (shares, columns) => {
        const bar = timeBar(shares, columns)
        expect(bar.length).toBe(shares.some(({ ms }) => ms > 0) ? columns : 0)
      }),
    )
  })
})

describe('alignedGrid', () => {
  const cells: [string, string, string][] = [
    ['imports', '1.20 s', '80 %'],
    ['tests', '30 ms', '2 %'],
    ['teardown', '270 ms', '18 %'],
  ]

  test('aligns names and figures, as many cells on a line as fit', () => {
    expect(alignedGrid(cells, 50)).toEqual([
      'imports  1.20 s 80 %   tests     30 ms  2 %',
      'teardown 270 ms 18 %',
    ])
    expect(alignedGrid(cells, 10)).toHaveLength(3)
    expect(alignedGrid([], 80)).toEqual([])
  })
})
