import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pairFunctions } from '../../../src/compare/match/functions.js'
import type { Series } from '../../../src/compare/sides.js'
import { entity } from '../../support/drawn-figures.js'

/** Functions of one file, each given as `name:line` or `name:line:column`. */
function functions(...places: string[]): Series[] {
  return places.map(place => {
    const [name = '', line, column = 1] = place.split(':')
    return {
      entity: entity({ name: [name], file: 'a.ts', line: Number(line), column: Number(column) }),
      figures: [],
    }
  })
}

function textOf({ entity: { name, line, column } }: Series): string {
  return `${name}:${line}${column === 1 ? '' : `:${column}`}`
}

const unmoved = { ofCode: (file: string) => file }

function pairs(base: Series[], head: Series[], moved = unmoved) {
  const { matched, onlyBase, onlyHead, uncertain } = pairFunctions(base, head, moved)
  return {
    matched: matched.map(pair => pair.map(textOf).join(' → ')),
    onlyBase: onlyBase.map(textOf),
    onlyHead: onlyHead.map(textOf),
    uncertain: [...uncertain.base, ...uncertain.head].map(textOf),
  }
}

describe('pairFunctions', () => {
  test('matches a function with a unique name at any position', () => {
    expect(pairs(functions('parse:10', 'print:20'), functions('print:5', 'parse:60')).matched).toEqual([
      'parse:10 → parse:60',
      'print:20 → print:5',
    ])
  })

  test('shifts anonymous callbacks with their neighbours, even if another is at the old position', () => {
    const base = functions('parse:10', ':12:5', ':14:5', 'print:20')
    const head = functions('parse:12', ':14:5', ':16:5', 'print:22')
    expect(pairs(base, head)).toEqual({
      matched: ['parse:10 → parse:12', 'print:20 → print:22', ':12:5 → :14:5', ':14:5 → :16:5'],
      onlyBase: [],
      onlyHead: [],
      uncertain: [],
    })
  })

  test('distinguishes functions of one name by shift and column', () => {
    const base = functions('a:1', 'get:5:3', 'get:5:9', 'b:20')
    const head = functions('a:1', 'get:5:3', 'get:5:9', 'b:20')
    expect(pairs(base, head).matched).toEqual(
      expect.arrayContaining(['get:5:3 → get:5:3', 'get:5:9 → get:5:9']),
    )
  })

  test('matches the only function of a line, even if the code before it became longer', () => {
    const base = functions('a:1', ':5:3', ':9:40', 'b:20')
    const head = functions('a:1', ':5:3', ':9:43', 'b:20')
    const { matched, onlyBase, onlyHead } = pairs(base, head)
    expect(matched).toContain(':9:40 → :9:43')
    expect([onlyBase, onlyHead]).toEqual([[], []])
  })

  test('reports several functions of one line that became longer as ambiguous', () => {
    const base = functions('a:1', ':9:40', ':9:60', 'b:20')
    const head = functions('a:1', ':9:43', ':9:63', 'b:20')
    const { onlyBase, onlyHead, uncertain } = pairs(base, head)
    expect([onlyBase, onlyHead]).toEqual([[], []])
    expect(uncertain).toHaveLength(4)
  })

  test('reports functions between neighbours with different shifts as ambiguous', () => {
    const base = functions('a:1', ':5', 'b:20')
    const head = functions('a:1', ':7', 'b:23')
    expect(pairs(base, head).uncertain).toEqual([':5', ':7'])
  })

  test('reports a function as on one side only if its expected position in head is empty', () => {
    const { uncertain, onlyBase, onlyHead } = pairs(functions('a:1', ':5'), functions('a:1', ':9'))
    expect([uncertain, onlyBase, onlyHead]).toEqual([[], [':5'], [':9']])
  })

  test('matches equal positions in a file without named functions', () => {
    expect(pairs(functions(':5'), functions(':5')).matched).toEqual([':5 → :5'])
  })

  test('matches the functions of a moved file', () => {
    const base = functions('parse:10').map(series => ({
      ...series,
      entity: { ...series.entity, file: 'old.ts' },
    }))
    expect(pairs(base, functions('parse:11'), { ofCode: () => 'a.ts' }).matched).toEqual([
      'parse:10 → parse:11',
    ])
  })

  const places = fc.uniqueArray(
    fc.tuple(fc.constantFrom('', 'get', 'one', 'two', 'three'), fc.integer({ min: 1, max: 60 })),
    { selector: ([, line]) => line, minLength: 1, maxLength: 12 },
  )

  test('matches all functions after lines were added at the top of a file if one has a unique name', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 40 }), (drawn, shift) => {
        const base = functions('own:0', ...drawn.map(([name, line]) => `${name}:${line}`))
        const head = functions(`own:${shift}`, ...drawn.map(([name, line]) => `${name}:${line + shift}`))
        const { matched } = pairFunctions(base, head, unmoved)
        expect(matched.length).toBe(base.length)
        for (const [a, b] of matched) expect(b.entity.line - a.entity.line).toBe(shift)
      }),
    )
  })

  test('loses no function and matches none twice after any change', () => {
    fc.assert(
      fc.property(places, places, (inBase, inHead) => {
        const base = functions(...inBase.map(([name, line]) => `${name}:${line}`))
        const head = functions(...inHead.map(([name, line]) => `${name}:${line}`))
        const { matched, onlyBase, onlyHead, uncertain } = pairFunctions(base, head, unmoved)
        const ofBase = [...matched.map(([series]) => series), ...onlyBase, ...uncertain.base]
        const ofHead = [...matched.map(pair => pair[1]), ...onlyHead, ...uncertain.head]
        expect([new Set(ofBase), ofBase.length]).toEqual([new Set(base), base.length])
        expect([new Set(ofHead), ofHead.length]).toEqual([new Set(head), head.length])
      }),
    )
  })
})
