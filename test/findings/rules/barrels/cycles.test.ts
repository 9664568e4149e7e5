import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Cycles } from '../../../../src/findings/rules/barrels/cycles.js'
import { exported, found } from './letters.js'

const barrel = 'src/lib/index.ts'
const part = (letter: string) => `src/lib/${letter}.ts`

describe('barrels finds nothing if another import would change the order of a cycle because', () => {
  test.each<[string, Record<string, string[]>]>([
    ['the barrel and the member import each other', { [part('b')]: [barrel] }],
    [
      'the member imports the barrel through another module',
      { [part('b')]: ['src/u.ts'], 'src/u.ts': [barrel] },
    ],
    [
      'members import each other, and the barrel imports both',
      { [part('b')]: [part('c')], [part('c')]: [part('b')] },
    ],
    [
      'the member is part of a cycle that is now entered elsewhere',
      { [part('a')]: ['src/u.ts'], 'src/u.ts': [part('b')], [part('b')]: ['src/u.ts'] },
    ],
  ])('%s', (_what, asks) => {
    expect(found({ line: exported, more: { asks } })).toEqual([])
  })
})

describe('barrels finds a barrel', () => {
  test.each<[string, Record<string, string[]>]>([
    ['that only unused members import', { [part('a')]: [barrel] }],
    [
      'above a cycle that is entered at only one module',
      { [part('b')]: ['src/u.ts'], 'src/u.ts': ['src/v.ts'], 'src/v.ts': ['src/u.ts'] },
    ],
  ])('%s', (_what, asks) => {
    expect(found({ line: exported, more: { asks } })).toMatchObject([{ id: `barrel:${barrel}` }])
  })
})

test('Cycles keeps the order of a graph without cycles for any entry', () => {
  const acyclic = fc
    .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 2, maxLength: 20 })
    .map(lists => lists.map((list, module) => list.flatMap(child => (module === 0 ? [] : [child % module]))))
  fc.assert(
    fc.property(acyclic, fc.nat(), fc.nat(), (children, one, other) => {
      const [member, target] = [one % children.length, other % children.length]
      expect(new Cycles(children).keepOrder(member, target)).toBe(true)
    }),
  )
})

test('Cycles does not keep the order if barrel and member reach each other', () => {
  const graph = fc
    .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 3, maxLength: 12 })
    .map(lists => lists.map(list => list.map(child => child % lists.length)))
  fc.assert(
    fc.property(graph, children => {
      const reach = (from: number) => {
        const reached = new Set([from])
        for (const next of reached) for (const child of children[next] ?? []) reached.add(child)
        return reached
      }
      const cycles = new Cycles(children)
      for (const [barrel] of children.entries())
        for (const member of reach(barrel))
          if (member !== barrel && reach(member).has(barrel))
            expect(cycles.keepOrder(member, barrel)).toBe(false)
    }),
  )
})
