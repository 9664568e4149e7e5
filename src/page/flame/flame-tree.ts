// What a flame graph draws: nodes with a start and a width. Merged trees put the widest child first; trees in the order
// of time keep every moment where it was.

import type { Category } from '../../profile/profile.js'

export interface FlameNode {
  /** Number in the order of drawing: names the node in links. */
  id: number
  /** -1: the root, or frames folded into one. */
  readonly frame: number
  /** Of a folded node, the frames in it. */
  readonly folded: Set<number> | undefined
  readonly label: string
  readonly category: Category
  readonly parent: FlameNode | undefined
  readonly depth: number
  /** Microseconds. */
  start: number
  total: number
  self: number
  readonly children: FlameNode[]
}

export interface FlameTree {
  readonly root: FlameNode
  readonly nodes: readonly FlameNode[]
  readonly depth: number
  /** Microseconds of all that is in it: where time in between is left out, less than the root is wide. */
  readonly time: number
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

export function leftHeavy(root: FlameNode): FlameTree {
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
  return numbered(root)
}

export function numbered(root: FlameNode, time = root.total): FlameTree {
  const nodes = collected(root)
  nodes.forEach((node, id) => {
    node.id = id
  })
  return { root, nodes, depth: nodes.reduce((deepest, { depth }) => Math.max(deepest, depth), 0) + 1, time }
}

/** Callers first. Not recursive: stacks may be thousands of frames deep. */
function collected(root: FlameNode): FlameNode[] {
  const nodes: FlameNode[] = []
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node)
    for (const child of node.children.toReversed()) pending.push(child)
  }
  return nodes
}
