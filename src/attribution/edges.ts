// Edges of a graph in columns: a file has hundreds of modules, a run thousands of files, and a list for each would be
// half of the work.

import { at } from '../profile/columns.js'

export class Edges {
  readonly #first: Int32Array
  readonly #to: Int32Array

  /** `from` and `to`: columns, an edge a row; the edges of a node keep their order. */
  constructor(nodes: number, from: ArrayLike<number>, to: ArrayLike<number>) {
    const first = new Int32Array(nodes + 1)
    for (let edge = 0; edge < from.length; edge++) {
      const node = at(from, edge)
      first[node + 1] = at(first, node + 1) + 1
    }
    for (let node = 0; node < nodes; node++) first[node + 1] = at(first, node + 1) + at(first, node)
    const next = first.slice()
    this.#to = new Int32Array(from.length)
    for (let edge = 0; edge < from.length; edge++) {
      const node = at(from, edge)
      const position = at(next, node)
      this.#to[position] = at(to, edge)
      next[node] = position + 1
    }
    this.#first = first
  }

  get nodes(): number {
    return this.#first.length - 1
  }

  /** The first of the node's edges; they end before the next node's first. */
  first(node: number): number {
    return at(this.#first, node)
  }

  /** Where an edge leads. */
  to(edge: number): number {
    return at(this.#to, edge)
  }
}
