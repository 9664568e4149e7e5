// What a path through a heap begins with, for a user: what all test files of a process share.

import { at } from '../profile/columns.js'
import { edgeNamed, type HeapGraph } from './heap-snapshot.js'

/** V8 14 adds which of its two objects for a global object it is. */
const OUTER_GLOBAL = /^(?:global|Object \[global\])(?: \(global\*?\))?$/

export class PathStarts {
  readonly #graph: HeapGraph
  readonly #builtIns: ReadonlyMap<number, string>

  constructor(graph: HeapGraph) {
    this.#graph = graph
    this.#builtIns = builtInModules(graph)
  }

  /** Undefined for all others. */
  nameOf(node: number): string | undefined {
    const builtIn = this.#builtIns.get(node)
    if (builtIn !== undefined) return builtIn
    const { nodes, strings } = this.#graph
    const name = strings.at(at(nodes.name, node))
    if (name === 'Timeout') return 'timer'
    if (name === 'Immediate') return 'immediate'
    if (name === 'process') return 'process'
    return OUTER_GLOBAL.test(name) ? 'global object of Jest’s process' : undefined
  }
}

/** The exports of Node's modules, with their names. */
function builtInModules(graph: HeapGraph): Map<number, string> {
  const { nodes, strings } = graph
  const found = new Map<number, string>()
  const moduleName = strings.find('BuiltinModule')
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.name[node] !== moduleName) continue
    const [id, exports] = ['id', 'exports'].map(name => edgeNamed(graph, node, name))
    if (id === undefined || exports === undefined) continue
    const name = strings.at(at(nodes.name, id))
    if (name.startsWith('internal/')) continue
    // `http` as users import it, where `_http_agent` is Node's own name for a part of it.
    found.set(exports, name.startsWith('_') ? `node:${name.slice(1).split('_')[0]}` : `node:${name}`)
  }
  return found
}
