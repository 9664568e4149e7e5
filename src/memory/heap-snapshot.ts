// Reads V8's heap snapshot as columns, piece by piece: its text is larger than the heap, and most of its strings are never asked for.
// https://github.com/v8/v8/blob/13.6.233/src/profiler/heap-snapshot-generator.cc (HeapSnapshotJSONSerializer)

import { closeSync, openSync } from 'node:fs'
import { at } from '../profile/columns.js'
import { type HeapStrings, readStrings } from './heap-strings.js'
import { SnapshotFile } from './snapshot-file.js'

/** Positions of nodes count from 0; node 0 is the root. */
export interface HeapGraph {
  readonly nodes: {
    readonly count: number
    /** Position in `nodeTypes`. */
    readonly type: Uint8Array
    /** Position of a string. */
    readonly name: Uint32Array
    /** Bytes. */
    readonly size: Uint32Array
    /** Position of a node's first edge; one more than there are nodes. */
    readonly firstEdge: Uint32Array
  }
  readonly edges: {
    readonly type: Uint8Array
    /** Position of a string, or for elements an index. */
    readonly name: Uint32Array
    readonly to: Uint32Array
  }
  readonly nodeTypes: readonly string[]
  readonly edgeTypes: readonly string[]
  /** Where functions begin, by node: script, line and column, 0-based. */
  readonly places: ReadonlyMap<number, readonly [script: number, line: number, column: number]>
  readonly strings: HeapStrings
}

interface SnapshotMeta {
  readonly node_count: number
  readonly edge_count: number
  readonly meta: {
    readonly node_fields: readonly string[]
    readonly node_types: readonly (readonly string[] | string)[]
    readonly edge_fields: readonly string[]
    readonly edge_types: readonly (readonly string[] | string)[]
    readonly location_fields: readonly string[]
  }
}

/** Calls `use` with the graph, whose strings can be read until it returns. Throws an Error if the file is no snapshot. */
export function withHeapSnapshot<T>(path: string, use: (graph: HeapGraph) => T): T {
  const file = openSync(path, 'r')
  try {
    return use(readGraph(new SnapshotFile(file)))
  } finally {
    closeSync(file)
  }
}

function readGraph(pieces: SnapshotFile): HeapGraph {
  pieces.through('{"snapshot":', true)
  const { node_count: nodeCount, edge_count: edgeCount, meta } = readMeta(pieces)
  const nodes = {
    count: nodeCount,
    type: new Uint8Array(nodeCount),
    name: new Uint32Array(nodeCount),
    size: new Uint32Array(nodeCount),
    firstEdge: new Uint32Array(nodeCount + 1),
  }
  const width = meta.node_fields.length
  const fieldOf = (name: string) => meta.node_fields.indexOf(name)
  const [type, name, size, edgesOf] = ['type', 'name', 'self_size', 'edge_count'].map(fieldOf)
  let [node, field] = [0, 0]
  pieces.numbers(value => {
    if (field === type) nodes.type[node] = value
    else if (field === name) nodes.name[node] = value
    else if (field === size) nodes.size[node] = value
    else if (field === edgesOf) nodes.firstEdge[node + 1] = at(nodes.firstEdge, node) + value
    if (++field === width) [node, field] = [node + 1, 0]
  })
  pieces.through('"edges":[', false)
  const edges = {
    type: new Uint8Array(edgeCount),
    name: new Uint32Array(edgeCount),
    to: new Uint32Array(edgeCount),
  }
  const edgeWidth = meta.edge_fields.length
  let [edge, part] = [0, 0]
  pieces.numbers(value => {
    if (part === 0) edges.type[edge] = value
    else if (part === 1) edges.name[edge] = value
    else edges.to[edge] = value / width
    if (++part === edgeWidth) [edge, part] = [edge + 1, 0]
  })
  pieces.through('"locations":[', false)
  const places = readPlaces(pieces, meta.location_fields.length, width)
  pieces.through('"strings":[', false)
  return {
    nodes,
    edges,
    nodeTypes: typesOf(meta.node_types),
    edgeTypes: typesOf(meta.edge_types),
    places,
    strings: readStrings(pieces),
  }
}

function readMeta(pieces: SnapshotFile): SnapshotMeta {
  const text = pieces.through('"nodes":[', true)
  return JSON.parse(text.replace(/[,\s]*$/, ''))
}

function typesOf(types: SnapshotMeta['meta']['node_types']): readonly string[] {
  const [first] = types
  if (typeof first === 'string' || first === undefined) throw new Error('its types are unknown')
  return first
}

function readPlaces(pieces: SnapshotFile, width: number, nodeWidth: number): HeapGraph['places'] {
  const places = new Map<number, readonly [number, number, number]>()
  let [node, script, line] = [0, 0, 0]
  pieces.numbers((value, index) => {
    const field = index % width
    if (field === 0) node = value / nodeWidth
    else if (field === 1) script = value
    else if (field === 2) line = value
    else if (field === 3) places.set(node, [script, line, value])
  })
  return places
}

/** The node at the end of a property or of V8's own field. */
export function edgeNamed(
  { nodes, edges, edgeTypes, strings }: HeapGraph,
  node: number,
  name: string,
): number | undefined {
  for (let edge = at(nodes.firstEdge, node); edge < at(nodes.firstEdge, node + 1); edge++) {
    const type = edgeTypes[at(edges.type, edge)]
    if ((type === 'property' || type === 'internal') && strings.at(at(edges.name, edge)) === name)
      return at(edges.to, edge)
  }
  return undefined
}
