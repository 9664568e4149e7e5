import { describe, expect, test } from '@jest/globals'
import { toColumns } from '../../src/collect/call-tree-columns.js'
import type { V8Profile, V8ProfileNode } from '../../src/collect/engines/engine.js'

function node(id: number, functionName: string, given: Partial<V8ProfileNode> = {}): V8ProfileNode {
  return {
    id,
    callFrame: { functionName, url: 'file:///project/a%20b.js', lineNumber: 3, columnNumber: 7 },
    ...given,
  }
}

const root = (children: number[]): V8ProfileNode => ({
  id: 1,
  callFrame: { functionName: '(root)', url: '', lineNumber: -1, columnNumber: -1 },
  children,
})

function profile(given: Partial<V8Profile>): V8Profile {
  return { nodes: [root([])], startTime: 1000, endTime: 2000, samples: [], timeDeltas: [], ...given }
}

const whole = (given: Partial<V8Profile>) => toColumns(profile(given), 1000, 2000)

describe('toColumns', () => {
  test('puts callers before callees, in any order of V8’s nodes', () => {
    const nodes = [root([4, 2]), node(2, 'b', { children: [3] }), node(3, 'c'), node(4, 'a')]
    const { nodes: tree, functions } = whole({
      nodes: [nodes[0], nodes[2], nodes[3], nodes[1]].flatMap(n => n ?? []),
    })
    expect(tree.caller.filter((caller, index) => caller >= index)).toEqual([])
    const pathOf = (index: number): string => {
      const name = functions.name[tree.function[index] ?? -1]
      const caller = tree.caller[index] ?? -1
      return caller < 0 ? `${name}` : `${pathOf(caller)} ${name}`
    }
    expect(tree.caller.map((_, index) => pathOf(index)).toSorted()).toEqual([
      '(root)',
      '(root) a',
      '(root) b',
      '(root) b c',
    ])
  })

  test('gives a function with two callers one row of functions and two nodes', () => {
    const nodes = [root([2, 3]), node(2, 'a', { children: [4] }), node(3, 'b'), node(4, 'b')]
    const { functions, nodes: tree, urls } = whole({ nodes })
    expect(functions.name.toSorted()).toEqual(['(root)', 'a', 'b'])
    expect(tree.function).toHaveLength(4)
    expect(urls).toEqual(['', '/project/a b.js'])
  })

  test('keeps V8’s positions', () => {
    const { functions } = whole({ nodes: [root([2]), node(2, 'a')] })
    expect(functions.line).toEqual([-1, 3])
    expect(functions.column).toEqual([-1, 7])
  })

  test.each([
    ['node:fs', 'node:fs'],
    ['/project/a.js', '/project/a.js'],
    ['evalmachine.<anonymous>', 'evalmachine.<anonymous>'],
    ['wasm://wasm/0a1b', 'wasm://wasm/0a1b'],
    ['file:///project/a%2Fb.js', 'file:///project/a%2Fb.js'],
  ])('converts the URL %s to %s', (url, expected) => {
    const callFrame = { functionName: 'f', url, lineNumber: 0, columnNumber: 0 }
    expect(whole({ nodes: [root([2]), { id: 2, callFrame }] }).urls).toEqual(['', expected])
  })

  test('counts sample times from the given start, and drops samples outside the span', () => {
    const nodes = [root([2]), node(2, 'a')]
    const timeDeltas = [50, 100, 100, 100, 100]
    const samples = [2, 2, 2, 2, 2]
    const { samples: kept } = toColumns(profile({ nodes, samples, timeDeltas }), 1150, 1350)
    expect(kept).toEqual({ node: [1, 1, 1], time: [0, 100, 200] })
  })

  test('sorts samples that V8 returns out of order, together with their nodes', () => {
    const nodes = [root([2, 3]), node(2, 'a'), node(3, 'b')]
    const {
      samples,
      nodes: tree,
      functions,
    } = whole({
      nodes,
      samples: [2, 3, 2, 3],
      timeDeltas: [10, 30, -20, 40],
    })
    expect(samples.time).toEqual([10, 20, 40, 60])
    const names = samples.node.map(index => functions.name[tree.function[index] ?? -1])
    expect(names).toEqual(['a', 'a', 'b', 'b'])
  })

  test('drops samples of unknown nodes, and keeps the times of the others', () => {
    const { samples } = whole({
      nodes: [root([2]), node(2, 'a')],
      samples: [2, 9, 2],
      timeDeltas: [10, 10, 10],
    })
    expect(samples.time).toEqual([10, 30])
  })

  test('keeps V8’s line ticks by node, without ticks of unknown lines', () => {
    const positionTicks = [
      { line: 5, ticks: 2 },
      { line: 0, ticks: 9 },
      { line: 6, ticks: 1 },
    ]
    const { ticks } = whole({ nodes: [root([2]), node(2, 'a', { positionTicks })] })
    expect(ticks).toEqual({ node: [1, 1], line: [5, 6], count: [2, 1] })
  })

  test('returns empty columns for an empty profile', () => {
    const { nodes, samples, urls } = whole({ nodes: [] })
    expect({ nodes, samples, urls }).toEqual({
      nodes: { function: [], caller: [] },
      samples: { node: [], time: [] },
      urls: [],
    })
  })
})
