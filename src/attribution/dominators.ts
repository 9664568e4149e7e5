// Dominators of a graph in almost linear time, for graphs of any shape: import graphs may have 50,000 modules.
// T. Lengauer, R. E. Tarjan: A Fast Algorithm for Finding Dominators in a Flowgraph, 1979 (the simple version).

import { at } from '../profile/columns.js'
import { sortRows } from '../profile/rows-by-owner.js'

/** A node without a dominator. */
const NONE = -1

/** A graph in columns. A list for each module would double the run time: test files have hundreds of modules, runs thousands of files. */
export class Edges {
  readonly nodes: number
  readonly #first: Int32Array
  readonly #to: Int32Array

  /** `from` and `to` are columns with one row per edge. Edges of the same node keep their order. */
  constructor(nodes: number, from: ArrayLike<number>, to: ArrayLike<number>) {
    const { starts, rows } = sortRows(nodes, from)
    this.nodes = nodes
    this.#first = starts
    this.#to = rows.map(edge => at(to, edge))
  }

  /** Index of the node's first edge. Its edges end before the first one of the next node. */
  first(node: number): number {
    return at(this.#first, node)
  }

  to(edge: number): number {
    return at(this.#to, edge)
  }
}

export interface Dominators {
  /** Immediate dominator of each reachable node; -1 for the root and for unreachable nodes. */
  readonly immediate: Int32Array
  /** The reachable nodes, starting with the root; each comes after its dominators. */
  readonly order: Int32Array
}

export function dominatorsFrom(root: number, edges: Edges): Dominators {
  const { order, parents, rankOf } = preorder(root, edges)
  const byRank = dominatorsByRank(parents, predecessorsByRank(order, rankOf, edges))
  const immediate = new Int32Array(edges.nodes).fill(NONE)
  for (let rank = 1; rank < order.length; rank++) immediate[at(order, rank)] = at(order, at(byRank, rank))
  return { immediate, order }
}

// From here on nodes are identified by rank: their position in depth-first order.
function dominatorsByRank(parents: Int32Array, predecessors: Edges): Int32Array {
  const { length } = parents
  const semi = Int32Array.from(parents, (_, rank) => rank)
  const forest = new Forest(semi)
  const dominators = new Int32Array(length)
  // Nodes by semidominator, as linked lists: the last node added to each list, and for each node the one added before it.
  const last = new Int32Array(length).fill(NONE)
  const before = new Int32Array(length)
  for (let rank = length - 1; rank > 0; rank--) {
    let lowest = rank
    const end = predecessors.first(rank + 1)
    for (let edge = predecessors.first(rank); edge < end; edge++)
      lowest = Math.min(lowest, at(semi, forest.lowest(predecessors.to(edge))))
    semi[rank] = lowest
    before[rank] = at(last, lowest)
    last[lowest] = rank
    const parent = at(parents, rank)
    forest.link(parent, rank)
    for (let waiter = at(last, parent); waiter !== NONE; waiter = at(before, waiter)) {
      const found = forest.lowest(waiter)
      dominators[waiter] = at(semi, found) < at(semi, waiter) ? found : parent
    }
    last[parent] = NONE
  }
  for (let rank = 1; rank < length; rank++) {
    const dominator = at(dominators, rank)
    if (dominator !== at(semi, rank)) dominators[rank] = at(dominators, dominator)
  }
  return dominators
}

/** The nodes processed so far, as trees. Paths to the root are compressed by each search. */
class Forest {
  readonly #semi: Int32Array
  readonly #above: Int32Array
  /** The node with the lowest semidominator on the compressed part of the path to the root. */
  readonly #lowest: Int32Array
  /** The nodes visited by one search. */
  readonly #way: Int32Array

  constructor(semi: Int32Array) {
    this.#semi = semi
    this.#above = new Int32Array(semi.length).fill(NONE)
    this.#lowest = Int32Array.from(semi, (_, rank) => rank)
    this.#way = new Int32Array(semi.length)
  }

  link(parent: number, child: number): void {
    this.#above[child] = parent
  }

  /** The node with the lowest semidominator on the path from a node to its root, not counting the root. */
  lowest(node: number): number {
    let steps = 0
    for (let step = node; this.#isBelowAnother(step); step = at(this.#above, step)) this.#way[steps++] = step
    while (steps > 0) {
      const step = at(this.#way, --steps)
      const above = at(this.#above, step)
      const other = at(this.#lowest, above)
      if (at(this.#semi, other) < at(this.#semi, at(this.#lowest, step))) this.#lowest[step] = other
      this.#above[step] = at(this.#above, above)
    }
    return at(this.#lowest, node)
  }

  #isBelowAnother(node: number): boolean {
    const above = at(this.#above, node)
    return above !== NONE && at(this.#above, above) !== NONE
  }
}

function predecessorsByRank(order: Int32Array, rankOf: Int32Array, edges: Edges): Edges {
  const [from, to]: [number[], number[]] = [[], []]
  order.forEach((node, rank) => {
    const end = edges.first(node + 1)
    for (let edge = edges.first(node); edge < end; edge++) {
      from.push(at(rankOf, edges.to(edge)))
      to.push(rank)
    }
  })
  return new Edges(order.length, from, to)
}

interface Preorder {
  readonly order: Int32Array
  /** By rank: the rank of the node from which it was discovered. */
  readonly parents: Int32Array
  /** By node; -1 if it is unreachable. */
  readonly rankOf: Int32Array
}

/** Iterative, because import chains may be long. */
function preorder(root: number, edges: Edges): Preorder {
  const order = new Int32Array(edges.nodes)
  const parents = new Int32Array(edges.nodes)
  const rankOf = new Int32Array(edges.nodes).fill(NONE)
  /** By rank: the next edge to follow. */
  const next = new Int32Array(edges.nodes)
  let size = 0
  const see = (node: number, parent: number) => {
    rankOf[node] = size
    order[size] = node
    parents[size] = parent
    next[size] = edges.first(node)
    return size++
  }
  for (let rank = see(root, NONE); rank !== NONE; ) {
    const edge = at(next, rank)
    if (edge === edges.first(at(order, rank) + 1)) {
      rank = at(parents, rank)
      continue
    }
    next[rank] = edge + 1
    const child = edges.to(edge)
    if (at(rankOf, child) === NONE) rank = see(child, rank)
  }
  return { order: order.subarray(0, size), parents: parents.subarray(0, size), rankOf }
}
