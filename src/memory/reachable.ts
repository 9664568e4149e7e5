// What of a heap is reachable from its roots, and by which path. Weak references keep nothing; an entry of a WeakMap keeps its value only
// with both its map and its key; Node's clean-up lists and V8's caches of compiled code know sandboxes, but give them up.

import { at } from '../profile/columns.js'
import type { HeapGraph } from './heap-snapshot.js'

const UNREACHED = -1

export interface ReachedNodes {
  has(node: number): boolean
  /** Edges from a root to the node, in this order. */
  pathTo(node: number): number[]
}

/** What holds nothing for long: lists of all contexts, what compiled code has seen, and what is in use while the snapshot is taken. */
const IDLE_NODES =
  /CleanupQueue|ContextifyContext|^\((?:Stack roots|Handle scope)\)$|^system \/ FeedbackVector$/
const IDLE_EDGES = /(?:^|\W)weak_refs_keep_during_job$/
/** V8 gives the same text, behind an index, to the edges from the key and from the map to the value. */
const ENTRY_OF_WEAK_MAP = /part of key \(.*in WeakMap \(table/

interface ReachableOptions {
  /** Nodes that are reached but not left. */
  readonly closed: (node: number) => boolean
  /**
   * V8 shares shapes of objects between sandboxes, and a shape knows the sandbox that first needed it: an object that is held may keep a
   * second sandbox by that alone. What holds an object's own sandbox is its prototype, too.
   */
  readonly withShapes: boolean
}

/** The shortest paths, breadth first. */
export function reachable(graph: HeapGraph, { closed, withShapes }: ReachableOptions): ReachedNodes {
  const { nodes, edges, edgeTypes } = graph
  const shape = graph.nodeTypes.indexOf('object shape')
  const [weak, shortcut, internal] = ['weak', 'shortcut', 'internal'].map(type => edgeTypes.indexOf(type))
  const through = new Int32Array(nodes.count).fill(UNREACHED)
  const from = new Int32Array(nodes.count).fill(UNREACHED)
  const queue = new Uint32Array(nodes.count)
  const isIdleNode = byName(graph, name => IDLE_NODES.test(name))
  const isIdleEdge = byName(graph, name => IDLE_EDGES.test(name))
  const isEntry = byName(graph, name => ENTRY_OF_WEAK_MAP.test(name))
  const halves = new Set<string>()
  /** Whether this is the first of both edges to the value of a WeakMap. */
  const isHalf = (name: number): boolean => {
    if (!isEntry(name)) return false
    const text = graph.strings.at(name)
    const entry = text.slice(text.indexOf('part of key'))
    return halves.size !== halves.add(entry).size
  }
  let [taken, added] = [0, 1]
  from[0] = 0
  while (taken < added) {
    const node = at(queue, taken++)
    if (node !== 0 && (closed(node) || isIdleNode(at(nodes.name, node)))) continue
    const end = at(nodes.firstEdge, node + 1)
    for (let edge = at(nodes.firstEdge, node); edge < end; edge++) {
      const to = at(edges.to, edge)
      if (from[to] !== UNREACHED) continue
      if (!withShapes && nodes.type[to] === shape) continue
      const type = edges.type[edge]
      if (type === weak || type === shortcut) continue
      if (type === internal && (isIdleEdge(at(edges.name, edge)) || isHalf(at(edges.name, edge)))) continue
      from[to] = node
      through[to] = edge
      queue[added++] = to
    }
  }
  return {
    has: node => from[node] !== UNREACHED,
    pathTo(node) {
      const path: number[] = []
      for (let current = node; current > 0 && from[current] !== UNREACHED; current = at(from, current))
        path.push(at(through, current))
      return path.reverse()
    },
  }
}

/** Remembers what is true of a string, because few of the strings of a heap are different. */
function byName({ strings }: HeapGraph, test: (name: string) => boolean): (position: number) => boolean {
  const [NO, YES] = [1, 2]
  const known = new Uint8Array(strings.count)
  return position => {
    if (known[position] === 0) known[position] = test(strings.at(position)) ? YES : NO
    return known[position] === YES
  }
}
