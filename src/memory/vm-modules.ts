// Node's records of the ES modules of sandboxes. In Node 22 they hold all that was loaded until V8 runs out of memory, and are given up then, as
// its caches are: https://github.com/nodejs/node/issues/59118

import { at } from '../profile/columns.js'
import { edgeNamed, type HeapGraph } from './heap-snapshot.js'

/** Modules that Node loads outside of sandboxes have addresses; those of sandboxes have names, as Jest calls them. */
const ADDRESS = /^(?:file|data|https?|wasm):/

export function vmModules(graph: HeapGraph): number[] {
  const { nodes, strings } = graph
  const record = strings.find('Node / ModuleWrap')
  const found: number[] = []
  if (record === undefined) return found
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.name[node] !== record) continue
    const module = edgeNamed(graph, node, 'native_to_javascript')
    const url = module === undefined ? undefined : edgeNamed(graph, module, 'url')
    if (url !== undefined && !ADDRESS.test(strings.at(at(nodes.name, url)))) found.push(node)
  }
  return found
}
