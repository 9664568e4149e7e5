// Both sides' calls as one tree, drawn twice: as wide as in base and as wide as in head, each call at the same place among
// its siblings. What is on one side only is in one drawing only.

import { sum } from 'd3-array'
import { unitOf } from '../data/selection.js'
import {
  type FlameNode,
  type FlameTree,
  type Folding,
  leftHeavy,
  newNode,
  numbered,
} from '../flame/flame-tree.js'
import { leafFinder, TreeBuilder } from '../flame/tree-builder.js'
import type { CallSelection, CallsData } from './comparison-data.js'

/** One call on both sides. */
export interface ComparedCall {
  /** Names it in links. */
  readonly id: number
  readonly frame: number
  readonly label: string
  readonly caller: ComparedCall | undefined
  /** In each drawing, whose times are means of all runs; undefined: it was not seen there. */
  readonly base: FlameNode | undefined
  readonly head: FlameNode | undefined
  /** With all that it called, of each run, in the unit of the trees. */
  readonly ofBase: Float64Array
  readonly ofHead: Float64Array
  /** It or one of its callers cannot be matched: nothing can be said about it. */
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
    // The mean of a run, so that the side with more runs does not decide about the order.
    leaf.self += weight / (run < base ? base : head)
    const own = timesOf(leaf)
    own[run] = (own[run] ?? 0) + weight
  })
  const { nodes, unit } = leftHeavy(builder.root, unitOf(data, selection.value))
  // Callees stand behind their callers.
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

/** Returns what adds a call to the drawing of a side: always the root, otherwise only what was seen on that side. */
function sideDrawer() {
  /** Where the next call of each begins. */
  const ends = new Map<FlameNode, number>()
  return (
    { frame, label, category, folded, parent: caller }: FlameNode,
    parent: FlameNode | undefined,
    total: number,
  ): FlameNode | undefined => {
    if (caller !== undefined && (parent === undefined || total === 0)) return undefined
    const node = newNode({ frame, label, category, folded, parent })
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
