import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Cycles } from '../../../../src/findings/rules/barrels/cycles.js'
import { exported, found } from './letters.js'

const barrel = 'src/lib/index.ts'
const part = (letter: string) => `src/lib/${letter}.ts`

describe('nothing is said where another import would change the order of a cycle', () => {
  test.each<[string, Record<string, string[]>]>([
    ['the barrel and the member ask for each other', { [part('b')]: [barrel] }],
    [
      'the member asks for the barrel through another module',
      { [part('b')]: ['src/u.ts'], 'src/u.ts': [barrel] },
    ],
    [
      'members ask for each other, and the barrel for both',
      { [part('b')]: [part('c')], [part('c')]: [part('b')] },
    ],
    [
      'the member is part of a cycle that is entered elsewhere now',
      { [part('a')]: ['src/u.ts'], 'src/u.ts': [part('b')], [part('b')]: ['src/u.ts'] },
    ],
  ])('%s', (_what, asks) => {
    expect(found({ line: exported, more: { asks } })).toEqual([])
  })
})

describe('a barrel is found all the same', () => {
  test.each<[string, Record<string, string[]>]>([
    ['where other members than the one in use ask for it', { [part('a')]: [barrel] }],
    [
      'where a cycle below is entered at one module only',
      { [part('b')]: ['src/u.ts'], 'src/u.ts': ['src/v.ts'], 'src/v.ts': ['src/u.ts'] },
    ],
  ])('%s', (_what, asks) => {
    expect(found({ line: exported, more: { asks } })).toMatchObject([{ id: `barrel:${barrel}` }])
  })
})

test('a graph without cycles keeps its order, however it is entered', () => {
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

test('a member that reaches the barrel, which reaches the member, never keeps it', () => {
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
