// The calls of both sides as one tree, drawn with the widths of base and with those of head. Siblings have the same order in
// both graphs. A call on one side only is in one graph only.

import { sum } from 'd3-array'
import { unitOf } from '../data/selection.js'
import type { FlameNode, FlameTree, Folding } from '../flame/flame-tree.js'
import { leftHeavy, newNode, numbered } from '../flame/flame-tree.js'
import { leafFinder } from '../flame/stack-leaves.js'
import { TreeBuilder } from '../flame/tree-builder.js'
import type { CallSelection, CallsData } from './comparison-data.js'

/** One call on both sides. */
export interface ComparedCall {
  /** Identifies the call in links. */
  readonly id: number
  readonly frame: number
  readonly label: string
  readonly caller: ComparedCall | undefined
  /** The nodes in both graphs, whose times are means of all runs; undefined: the side does not have the call. */
  readonly base: FlameNode | undefined
  readonly head: FlameNode | undefined
  /** Total time by run, in the unit of the trees. */
  readonly ofBase: Float64Array
  readonly ofHead: Float64Array
  /** The call or one of its callers cannot be matched, so its change is unknown. */
  readonly isUnmatched: boolean
}

export interface ComparedTrees {
  readonly base: FlameTree
  readonly head: FlameTree
  /** By id. */
  readonly calls: readonly ComparedCall[]
  readonly callOf: ReadonlyMap<FlameNode, ComparedCall>
}

export type SideName = 'base' | 'head'

export function comparedTrees(data: CallsData, selection: CallSelection, folding: Folding): ComparedTrees {
  const { base, head } = data.page.runs
  const builder = new TreeBuilder(data, folding, { label: 'all' })
  const leafOf = leafFinder(data, builder)
  const times = new Map<FlameNode, Float64Array>()
  const timesOf = (node: FlameNode) => {
    const known = times.get(node) ?? new Float64Array(base + head)
    times.set(node, known)
    return known
  }
  data.eachSample(selection, ({ stack, run, weight }) => {
    const leaf = leafOf(stack)
    // The mean over the runs of a side: otherwise the side with more runs would decide the order.
    leaf.self += weight / (run < base ? base : head)
    const own = timesOf(leaf)
    own[run] = (own[run] ?? 0) + weight
  })
  const { nodes, unit } = leftHeavy(builder.root, unitOf(data, selection.value))
  // Callees come after their callers.
  for (const node of nodes.toReversed()) {
    if (node.parent === undefined) continue
    const [own, all] = [timesOf(node), timesOf(node.parent)]
    own.forEach((time, run) => {
      all[run] = (all[run] ?? 0) + time
    })
  }
  return drawings({ nodes, unit }, timesOf, data)
}

function drawings(
  { nodes, unit }: Pick<FlameTree, 'nodes' | 'unit'>,
  timesOf: (node: FlameNode) => Float64Array,
  { page: { runs }, uncertain }: CallsData,
): ComparedTrees {
  const callByNode = new Map<FlameNode | undefined, ComparedCall>()
  const callOf = new Map<FlameNode, ComparedCall>()
  const [drawBase, drawHead] = [sideDrawer(), sideDrawer()]
  const calls = nodes.map((node): ComparedCall => {
    const { id, frame, label } = node
    const ofBase = timesOf(node).subarray(0, runs.base)
    const ofHead = timesOf(node).subarray(runs.base)
    const caller = callByNode.get(node.parent)
    const base = drawBase(node, caller?.base, mean(ofBase))
    const head = drawHead(node, caller?.head, mean(ofHead))
    const isUnmatched = caller?.isUnmatched === true || uncertain.has(frame)
    const call = { id, frame, label, caller, ofBase, ofHead, base, head, isUnmatched }
    callByNode.set(node, call)
    for (const drawn of [base, head]) if (drawn !== undefined) callOf.set(drawn, call)
    return call
  })
  const [root] = calls
  if (root?.base === undefined || root.head === undefined) throw new Error('a tree without a root')
  return { base: numbered(root.base, { unit }), head: numbered(root.head, { unit }), calls, callOf }
}

/** Returns a function that adds a call to the graph of a side, unless the side does not have it. The root is always added. */
function sideDrawer() {
  /** The start of each node's next callee. */
  const ends = new Map<FlameNode, number>()
  return (
    { frame, label, category, folded, hidden, parent: caller }: FlameNode,
    parent: FlameNode | undefined,
    total: number,
  ): FlameNode | undefined => {
    if (caller !== undefined && (parent === undefined || total === 0)) return undefined
    const node = newNode({ frame, label, category, folded, hidden, parent })
    node.total = total
    node.self = total
    if (parent === undefined) return node
    node.start = ends.get(parent) ?? parent.start
    ends.set(parent, node.start + total)
    parent.self = Math.max(0, parent.self - total)
    parent.children.push(node)
    return node
  }
}

export function mean(times: Float64Array): number {
  return times.length === 0 ? 0 : sum(times) / times.length
}
