// The tree of a flame graph: nodes with a start and a width. Merged trees put the widest child first; chronological trees
// keep the order.

import type { Category, ValueType } from '../../profile/profile.js'
import { amountText, percent } from '../../report/views/figures.js'
import type { FrameInfo } from '../data/run-data.js'
import { position, sanitize } from '../data/text.js'

export interface FlameNode {
  /** The index in drawing order: identifies the node in links. */
  id: number
  /** -1: the root, or frames folded into one. */
  readonly frame: number
  /** The frames of a folded node; undefined for a single frame. */
  readonly folded: Set<number> | undefined
  readonly label: string
  readonly category: Category
  readonly parent: FlameNode | undefined
  readonly depth: number
  /** In the unit of the tree. */
  start: number
  total: number
  self: number
  readonly children: FlameNode[]
}

export interface FlameTree {
  readonly root: FlameNode
  readonly nodes: readonly FlameNode[]
  readonly depth: number
  readonly unit: ValueType['unit']
  /** The sum of all samples: less than the width of the root if there are gaps. */
  readonly whole: number
}

/** Colours and labels of nodes. Dark text must be legible on all colours. */
export interface FlameLook {
  readonly colourOf: (node: FlameNode) => string
  readonly labelOf: (node: FlameNode) => string
}

export interface Folding {
  /** Adjacent frames that are not the project's own become one, named after their package. */
  readonly libraries: boolean
  /** A function that calls itself, directly or not, is drawn once. */
  readonly recursion: boolean
}

export function newNode(
  given: Pick<FlameNode, 'frame' | 'label' | 'category' | 'parent' | 'folded'>,
): FlameNode {
  const depth = given.parent === undefined ? 0 : given.parent.depth + 1
  return { ...given, id: 0, depth, start: 0, total: 0, self: 0, children: [] }
}

export function leftHeavy(root: FlameNode, unit: ValueType['unit']): FlameTree {
  const all = collected(root)
  for (const node of all.toReversed()) {
    node.total = node.self + node.children.reduce((sum, child) => sum + child.total, 0)
    node.children.sort((a, b) => b.total - a.total || (a.label < b.label ? -1 : 1))
  }
  for (const node of all) {
    let start = node.start
    for (const child of node.children) {
      child.start = start
      start += child.total
    }
  }
  return numbered(root, { unit })
}

export function numbered(
  root: FlameNode,
  { unit, whole = root.total }: { unit: ValueType['unit']; whole?: number },
): FlameTree {
  const nodes = collected(root)
  nodes.forEach((node, id) => {
    node.id = id
  })
  const deepest = nodes.reduce((most, { depth }) => Math.max(most, depth), 0)
  return { root, nodes, depth: deepest + 1, unit, whole }
}

/** All nodes, callers first. Not recursive, because stacks may be thousands of frames deep. */
function collected(root: FlameNode): FlameNode[] {
  const nodes: FlameNode[] = []
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node)
    for (const child of node.children.toReversed()) pending.push(child)
  }
  return nodes
}

/** One line about a node, for tooltips and screen readers. */
export function describeNode({ whole, unit }: FlameTree, node: FlameNode, frame?: FrameInfo): string {
  const amount = node.parent === undefined ? whole : node.total
  const own = node.self > 0 ? `, itself ${amountText(node.self, unit)}` : ''
  return `${named(node.label, frame)}: ${amountText(amount, unit)}, ${percent(amount, whole)}${own}`
}

/** A name with the place of its frame, if known. */
export function named(label: string, frame: FrameInfo | undefined): string {
  const place = frame === undefined ? '' : position(frame.file, frame.line, frame.column)
  return `${sanitize(label)}${place === '' ? '' : ` (${place})`}`
}
