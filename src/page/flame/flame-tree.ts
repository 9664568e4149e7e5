// The tree of a flame graph: nodes with a start and a width. Merged trees put the widest child first; chronological trees
// keep the order.

import type { Category, ValueType } from '../../profile/profile.js'
import { amountText, count, percent } from '../../report/views/figures.js'
import type { FrameInfo } from '../data/run-data.js'
import { position, sanitize } from '../data/text.js'
import type { FlameOwner } from './flame-owner.js'

export interface FlameNode {
  /** The index in drawing order: identifies the node in links. */
  id: number
  /** Of a folded node the outermost one; -1: the root, or an owner. */
  readonly frame: number
  /** The frames of a folded node; undefined for a single frame. */
  readonly folded: Set<number> | undefined
  /** The most frames of Jest, Node and V8 between the caller and this node, which are not drawn. */
  hidden: number
  /** Whose time it is; undefined for a call. */
  readonly owner: FlameOwner | undefined
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
  /** Whether a node is marked with an outline. */
  readonly isOutlined?: (node: FlameNode) => boolean
}

export interface Folding {
  /** Adjacent frames of a package become one, named after the function with which the package was entered. */
  readonly libraries: boolean
  /** Frames of Jest, Node and V8 that lead from one frame of the project or a package to another one are not drawn. */
  readonly engine: boolean
  /** A function that calls itself, directly or not, is drawn once. */
  readonly recursion: boolean
}

export function newNode(
  given: Pick<FlameNode, 'frame' | 'label' | 'category' | 'parent'> &
    Partial<Pick<FlameNode, 'folded' | 'hidden' | 'owner'>>,
): FlameNode {
  const { frame, label, category, parent, folded, hidden = 0, owner } = given
  const depth = parent === undefined ? 0 : parent.depth + 1
  // Without a spread, which took most of the time of large trees.
  return {
    id: 0,
    frame,
    folded,
    hidden,
    owner,
    label,
    category,
    parent,
    depth,
    start: 0,
    total: 0,
    self: 0,
    children: [],
  }
}

export function leftHeavy(root: FlameNode, unit: ValueType['unit']): FlameTree {
  const all = collected(root)
  for (const node of all.toReversed()) {
    const { children } = node
    node.total = node.self
    for (const child of children) node.total += child.total
    // Most nodes have one.
    if (children.length > 1) children.sort((a, b) => b.total - a.total || (a.label < b.label ? -1 : 1))
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
    const { children } = node
    for (let last = children.length - 1; last >= 0; last--) {
      const child = children[last]
      if (child !== undefined) pending.push(child)
    }
  }
  return nodes
}

/** One line about a node, for tooltips and screen readers. */
export function describeNode({ whole, unit }: FlameTree, node: FlameNode, frame?: FrameInfo): string {
  const amount = node.parent === undefined ? whole : node.total
  const own = node.self > 0 ? `, itself ${amountText(node.self, unit)}` : ''
  const hidden =
    node.hidden === 0 ? '' : `, called through up to ${count(node.hidden, 'frame')} of Jest, Node or V8`
  return `${named(node.label, frame)}: ${amountText(amount, unit)}, ${percent(amount, whole)}${own}${hidden}`
}

/** A name with the place of its frame, if known. */
export function named(label: string, frame: FrameInfo | undefined): string {
  const place = frame === undefined ? '' : position(frame.file, frame.line, frame.column)
  return `${sanitize(label)}${place === '' ? '' : ` (${place})`}`
}
