// Which node of a graph every way to another leads through, in next to linear time, whatever the graph: it may be one of
// 50,000 modules that was made to take for ever.
// T. Lengauer, R. E. Tarjan: A Fast Algorithm for Finding Dominators in a Flowgraph, 1979; its simple version.

import { at } from '../profile/columns.js'

/** The node that has no dominator. */
const NONE = -1

/**
 * The immediate dominator of each node that can be reached from `root`; -1 for the root itself and for all others.
 * `successors[node]` lists the nodes that a node leads to.
 */
export function immediateDominators(root: number, successors: readonly (readonly number[])[]): number[] {
  const { order, parents } = preorder(root, successors)
  const dominators = new Array<number>(successors.length).fill(NONE)
  dominatorsByRank(parents, predecessorRanks(order, successors)).forEach((dominator, rank) => {
    if (rank > 0) dominators[at(order, rank)] = at(order, dominator)
  })
  return dominators
}

// All below are ranks: positions in the order in which nodes are first seen.
function dominatorsByRank(parents: readonly number[], predecessors: readonly number[][]): number[] {
  const semi = parents.map((_, rank) => rank)
  const forest = new Forest(semi)
  const dominators = new Array<number>(parents.length).fill(0)
  const waiting: number[][] = parents.map(() => [])
  for (let rank = parents.length - 1; rank > 0; rank--) {
    for (const previous of at(predecessors, rank))
      semi[rank] = Math.min(at(semi, rank), at(semi, forest.lowest(previous)))
    at(waiting, at(semi, rank)).push(rank)
    const parent = at(parents, rank)
    forest.link(parent, rank)
    for (const waiter of at(waiting, parent)) {
      const lowest = forest.lowest(waiter)
      dominators[waiter] = at(semi, lowest) < at(semi, waiter) ? lowest : parent
    }
    waiting[parent] = []
  }
  for (let rank = 1; rank < parents.length; rank++) {
    const dominator = at(dominators, rank)
    if (dominator !== at(semi, rank)) dominators[rank] = at(dominators, dominator)
  }
  return dominators
}

/** The nodes that are done with, as trees, in which ways up are made shorter whenever they are gone. */
class Forest {
  readonly #semi: readonly number[]
  readonly #above: number[]
  /** The node with the lowest semidominator on the way up, as far as it is shortened. */
  readonly #lowest: number[]

  constructor(semi: readonly number[]) {
    this.#semi = semi
    this.#above = semi.map(() => NONE)
    this.#lowest = semi.map((_, rank) => rank)
  }

  link(parent: number, child: number): void {
    this.#above[child] = parent
  }

  /** The node with the lowest semidominator on the way up from a node, its tree's root apart. */
  lowest(node: number): number {
    const way: number[] = []
    for (let step = node; this.#isBelowAnother(step); step = at(this.#above, step)) way.push(step)
    for (const step of way.toReversed()) {
      const above = at(this.#above, step)
      const [own, other] = [at(this.#lowest, step), at(this.#lowest, above)]
      if (at(this.#semi, other) < at(this.#semi, own)) this.#lowest[step] = other
      this.#above[step] = at(this.#above, above)
    }
    return at(this.#lowest, node)
  }

  #isBelowAnother(node: number): boolean {
    const above = at(this.#above, node)
    return above !== NONE && at(this.#above, above) !== NONE
  }
}

function predecessorRanks(
  order: readonly number[],
  successors: readonly (readonly number[])[],
): readonly number[][] {
  const rankOf = new Array<number>(successors.length).fill(NONE)
  order.forEach((node, rank) => {
    rankOf[node] = rank
  })
  const predecessors: number[][] = order.map(() => [])
  order.forEach((node, rank) => {
    for (const next of at(successors, node)) at(predecessors, at(rankOf, next)).push(rank)
  })
  return predecessors
}

/** Nodes that can be reached, and of each the rank of the one that it was seen from; without recursion, for import chains may be long. */
function preorder(
  root: number,
  successors: readonly (readonly number[])[],
): { order: number[]; parents: number[] } {
  const order = [root]
  const parents = [NONE]
  const seen = new Set(order)
  const path = [{ rank: 0, node: root, next: 0 }]
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const child = at(successors, top.node)[top.next++]
    if (child === undefined) path.pop()
    else if (!seen.has(child)) {
      seen.add(child)
      parents.push(top.rank)
      path.push({ rank: order.push(child) - 1, node: child, next: 0 })
    }
  }
  return { order, parents }
}
