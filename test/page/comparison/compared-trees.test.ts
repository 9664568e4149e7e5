import { describe, expect, test } from '@jest/globals'
import { comparedTrees, mean } from '../../../src/page/comparison/compared-trees.js'
import type { FlameNode, FlameTree } from '../../../src/page/flame/flame-tree.js'
import { comparedPage } from '../../support/compared-page.js'

const FOLDED = { libraries: true, engine: true, recursion: false }

/** Label, start and width in milliseconds, one node a line. */
function drawn({ root }: FlameTree): string[] {
  const lines: string[] = []
  const visit = (node: FlameNode) => {
    lines.push(`${'  '.repeat(node.depth)}${node.label} ${node.start / 1000}+${node.total / 1000}`)
    for (const child of node.children) visit(child)
  }
  visit(root)
  return lines
}

const SIDES = {
  base: {
    text: `
      t0  t0  t0    -
      A   A   idle  gone
      B   L[dependency:lodash]
    `,
  },
  head: {
    text: `
      t0  t0  t0  t0  t0
      A   A   A   A   new
      B   B   B   L[dependency:lodash]
    `,
  },
  runs: 1,
}

describe('comparedTrees', () => {
  test('draws each side with its own widths, and both in the same order', () => {
    const { base, head } = comparedPage(SIDES).trees
    expect(drawn(base)).toEqual([
      'all 0+300',
      '  A 0+200',
      '    B 0+100',
      '    L · lodash 100+100',
      '  gone 200+100',
    ])
    expect(drawn(head)).toEqual([
      'all 0+500',
      '  A 0+400',
      '    B 0+300',
      '    L · lodash 300+100',
      '  new 400+100',
    ])
  })

  test('links a call to its node on each side that has it', () => {
    const { calls, callOf } = comparedPage(SIDES).trees
    const sidesOf = (name: string) => {
      const call = calls.find(({ label }) => label === name)
      return [call?.base?.total, call?.head?.total]
    }
    expect(sidesOf('B')).toEqual([100_000, 300_000])
    expect(sidesOf('gone')).toEqual([100_000, undefined])
    expect(sidesOf('new')).toEqual([undefined, 100_000])
    for (const call of calls)
      for (const node of [call.base, call.head]) if (node !== undefined) expect(callOf.get(node)).toBe(call)
  })

  test('draws the mean of the runs and keeps the time of each run', () => {
    const { calls, base } = comparedPage({ ...SIDES, runs: 3 }).trees
    expect(base.root.total).toBe(303_000)
    expect([...(calls[0]?.ofBase ?? [])]).toEqual([300_000, 303_000, 306_000])
    for (const { base: drawing, ofBase } of calls) expect(drawing?.total ?? 0).toBe(mean(ofBase))
  })

  test('shows waiting and single phases when they are selected', () => {
    const { data } = comparedPage(SIDES)
    const total = (value: string, phase?: 'tests' | 'other') =>
      comparedTrees(data, { value, phase }, FOLDED).base.root.total / 1000
    expect([
      total('cpu'),
      total('wait'),
      total('time'),
      total('time', 'tests'),
      total('time', 'other'),
    ]).toEqual([300, 100, 400, 300, 100])
  })

  test('gives only the root for a side without samples', () => {
    const { data } = comparedPage({ ...SIDES, base: { text: 't0\nidle' } })
    const { base, head } = comparedTrees(data, { value: 'cpu', phase: undefined }, FOLDED)
    expect([drawn(base), head.nodes.length]).toEqual([['all 0+0'], 5])
  })
})
