// Which node of a graph every way to another leads through.
// K. D. Cooper, T. J. Harvey, K. Kennedy: A Simple, Fast Dominance Algorithm, 2001.

import { at } from '../profile/columns.js'

/** The node that has no dominator. */
const NONE = -1

/**
 * The immediate dominator of each node that can be reached from `root`; -1 for the root itself and for all others.
 * `successors[node]` lists the nodes that a node leads to.
 */
export function immediateDominators(root: number, successors: readonly (readonly number[])[]): number[] {
  const order = postorder(root, successors)
  const rank = new Array<number>(successors.length).fill(NONE)
  order.forEach((node, position) => {
    rank[node] = position
  })
  const predecessors: number[][] = successors.map(() => [])
  for (const node of order) for (const next of at(successors, node)) at(predecessors, next).push(node)
  const dominators = new Array<number>(successors.length).fill(NONE)
  dominators[root] = root
  const meet = (a: number, b: number): number => {
    let [one, other] = [a, b]
    while (one !== other) {
      if (at(rank, one) < at(rank, other)) one = at(dominators, one)
      else other = at(dominators, other)
    }
    return one
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const node of order.toReversed()) {
      if (node === root) continue
      const known = at(predecessors, node).filter(previous => at(dominators, previous) !== NONE)
      const dominator = known.reduce(meet)
      if (dominators[node] === dominator) continue
      dominators[node] = dominator
      changed = true
    }
  }
  dominators[root] = NONE
  return dominators
}

/** Nodes that can be reached, each behind all that it leads to; without recursion, for import chains may be long. */
function postorder(root: number, successors: readonly (readonly number[])[]): number[] {
  const order: number[] = []
  const seen = new Set([root])
  const path = [{ node: root, next: 0 }]
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const child = at(successors, top.node)[top.next++]
    if (child === undefined) {
      order.push(top.node)
      path.pop()
    } else if (!seen.has(child)) {
      seen.add(child)
      path.push({ node: child, next: 0 })
    }
  }
  return order
}
