import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Dominators, dominatorsFrom, Edges } from '../../src/attribution/dominators.js'

describe('dominatorsFrom', () => {
  test('a node that is reached by two paths is dominated by the node where these paths split', () => {
    //   0 → 1 → 2 → 4 → 5
    //       1 → 3 → 4
    expect(immediate(0, [[1], [2, 3], [4], [4], [5], []])).toEqual([-1, 0, 1, 1, 1, 4])
  })

  test('the root and unreachable nodes have no dominator, and unreachable predecessors do not count', () => {
    expect(immediate(1, [[1, 2], [3], [3], []])).toEqual([-1, -1, -1, 1])
  })

  test('cycles and self-edges change no dominator', () => {
    expect(immediate(0, [[1], [1, 2], [0, 1]])).toEqual([-1, 0, 1])
  })

  test('a chain of a hundred thousand nodes does not exhaust the stack', () => {
    const length = 100_000
    const chain = Array.from({ length }, (_, node) => (node + 1 < length ? [node + 1] : []))
    const dominators = immediate(0, chain)
    expect(dominators.every((dominator, node) => dominator === node - 1)).toBe(true)
  })

  // An iterative fixpoint algorithm needs one round per step of the ladder, which takes minutes.
  test('all nodes of a bidirectional ladder that is entered at both ends are dominated by the root', () => {
    const length = 50_000
    const steps = Array.from({ length }, (_, step) =>
      [step - 1, step + 1].filter(next => next >= 0 && next < length),
    )
    const dominators = immediate(length, [...steps, [0, length - 1]])
    expect(dominators.slice(0, length).every(dominator => dominator === length)).toBe(true)
  })

  test('a node dominates another exactly when the other cannot be reached without it', () => {
    const graphs = fc
      .integer({ min: 1, max: 8 })
      .chain(size => fc.array(fc.uniqueArray(fc.nat(size - 1)), { minLength: size, maxLength: size }))
    fc.assert(
      fc.property(graphs, successors => {
        const dominators = immediate(0, successors)
        const { order } = dominatorsOf(0, successors)
        const reachable = reachableFrom(0, successors)
        successors.forEach((_, node) => {
          const strict = reachable.has(node)
            ? successors.flatMap((_unused, other) =>
                other !== node && reachable.has(other) && !reachableFrom(0, successors, other).has(node)
                  ? [other]
                  : [],
              )
            : []
          expect(chainAbove(node, dominators).toSorted((a, b) => a - b)).toEqual(strict)
          expect(order.includes(node)).toBe(reachable.has(node))
          for (const above of strict) expect(order.indexOf(above)).toBeLessThan(order.indexOf(node))
        })
      }),
      { numRuns: 500 },
    )
  })
})

function dominatorsOf(root: number, successors: readonly (readonly number[])[]): Dominators {
  const from = successors.flatMap((next, node) => next.map(() => node))
  return dominatorsFrom(root, new Edges(successors.length, from, successors.flat()))
}

function immediate(root: number, successors: readonly (readonly number[])[]): number[] {
  return [...dominatorsOf(root, successors).immediate]
}

function reachableFrom(root: number, successors: readonly (readonly number[])[], without = -1): Set<number> {
  const reached = new Set(root === without ? [] : [root])
  for (const node of reached) {
    for (const next of successors[node] ?? []) if (next !== without) reached.add(next)
  }
  return reached
}

function chainAbove(node: number, dominators: readonly number[]): number[] {
  const chain: number[] = []
  for (let above = dominators[node] ?? -1; above >= 0; above = dominators[above] ?? -1) {
    if (chain.includes(above)) throw new Error(`${above} dominates itself`)
    chain.push(above)
  }
  return chain
}
