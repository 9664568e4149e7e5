// What objects of a heap contain: their properties and elements, without what leads from them to their class and their world.

import { at } from '../profile/columns.js'
import type { HeapGraph } from './heap-snapshot.js'

const CLASS_OF_OBJECT = /^(?:__proto__|constructor|prototype)$/
/** Where V8 has the elements and further properties of an object, and the entries of a Map or Set. */
const TABLE_OF_OBJECT = /^(?:elements|properties|table|\d+)$/
const MOST_NODES = 1000

export class ObjectContents {
  readonly #graph: HeapGraph
  readonly #worlds: ReadonlySet<number>

  /** `worlds`: globals and contexts of sandboxes. */
  constructor(graph: HeapGraph, worlds: ReadonlySet<number>) {
    this.#graph = graph
    this.#worlds = worlds
  }

  /** The object on a path to a world that leads there by its class, because it was made in that world. Undefined if there is none. */
  madeThere(path: readonly number[]): number | undefined {
    const last = path.findLastIndex(edge => this.#isContent(edge))
    const [entry, next] = path.slice(last, last + 2)
    if (last === -1 || entry === undefined || next === undefined || !this.#isOfClass(next)) return undefined
    return at(this.#graph.edges.to, entry)
  }

  /** What is found in an object, or in what it contains: the nearest. */
  nearest<Found>(object: number, find: (node: number) => Found | undefined): Found | undefined {
    const { nodes, edges } = this.#graph
    // A Set is iterated with what is added meanwhile: breadth first.
    const seen = new Set([object])
    for (const node of seen) {
      const found = find(node)
      if (found !== undefined) return found
      for (let edge = at(nodes.firstEdge, node); edge < at(nodes.firstEdge, node + 1); edge++)
        if (seen.size < MOST_NODES && (this.#isContent(edge) || this.#isTable(edge)))
          seen.add(at(edges.to, edge))
    }
    return undefined
  }

  #isContent(edge: number): boolean {
    const { edges, edgeTypes } = this.#graph
    const type = edgeTypes[at(edges.type, edge)]
    if (type === 'element') return true
    return type === 'property' && !this.#worlds.has(at(edges.to, edge)) && !this.#isOfClass(edge)
  }

  #isOfClass(edge: number): boolean {
    const { edges, edgeTypes, strings } = this.#graph
    if (edgeTypes[at(edges.type, edge)] !== 'property') return false
    return CLASS_OF_OBJECT.test(strings.at(at(edges.name, edge)))
  }

  #isTable(edge: number): boolean {
    const { edges, edgeTypes, strings } = this.#graph
    if (edgeTypes[at(edges.type, edge)] !== 'internal') return false
    return TABLE_OF_OBJECT.test(strings.at(at(edges.name, edge)))
  }
}
