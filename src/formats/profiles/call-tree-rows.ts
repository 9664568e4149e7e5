// A call tree as rows of a text: each with its own time, behind its callees, and no more of them than there is room for.
//
// These loops are over every stack of a run, some of them often: they read columns of one type each directly, where
// `at`, which has seen columns of every type, would take most of their time.

import { type Microseconds, NO_CALLER } from '../../profile/profile.js'

/** Columns; a caller stands before those it called. */
export interface CallTree {
  /** NO_CALLER for the outermost. */
  readonly caller: Int32Array
  readonly self: Float64Array
}

export interface Row {
  /** NO_CALLER where even the outermost are too small. */
  readonly node: number
  readonly weight: Microseconds
  /** The time is that of callees which are too small to have rows. */
  readonly isRest: boolean
}

/** What a reader sees in place of those callees. */
export const REST = '(too small to show)'

/** The least share that anything is cut for: a screen is some thousand pixels wide. */
export const FINEST = 1 / 50_000

/** In a list of nodes: there is no further one. */
const NONE = -1

/** The time of each node and of all that it called. */
export function subtreeTimes({ caller, self }: CallTree): Float64Array {
  const subtree = self.slice()
  for (let node = subtree.length - 1; node >= 0; node--) {
    const callerOfNode = caller[node] ?? NO_CALLER
    if (callerOfNode >= 0) subtree[callerOfNode] = (subtree[callerOfNode] ?? 0) + (subtree[node] ?? 0)
  }
  return subtree
}

/** Nodes with time, depth first, callees in the given order and before their caller. */
export function calleesFirst(
  { caller }: CallTree,
  subtree: Float64Array,
  compare: (a: number, b: number) => number,
): Int32Array {
  const { calleesOf, nodes } = callees({ caller }, subtree)
  // A caller before its callees, the last of those first, is the same order from its end.
  const order = new Int32Array(nodes)
  let place = nodes
  const pending = calleesOf(NO_CALLER).sort(compare)
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    order[--place] = node
    for (const callee of calleesOf(node).sort(compare)) pending.push(callee)
  }
  return order
}

/** Those with time, and how many they are. In columns: a run may have some millions, too many for an array each. */
function callees(
  { caller }: Pick<CallTree, 'caller'>,
  subtree: Float64Array,
): { calleesOf: (caller: number) => number[]; nodes: number } {
  // By caller, from NO_CALLER on.
  const first = new Int32Array(caller.length - NO_CALLER).fill(NONE)
  const next = new Int32Array(caller.length)
  let nodes = 0
  for (let node = caller.length - 1; node >= 0; node--) {
    if (!((subtree[node] ?? 0) > 0)) continue
    const list = (caller[node] ?? NO_CALLER) - NO_CALLER
    next[node] = first[list] ?? NONE
    first[list] = node
    nodes++
  }
  const calleesOf = (callerOfThem: number) => {
    const found: number[] = []
    for (let node = first[callerOfThem - NO_CALLER] ?? NONE; node !== NONE; node = next[node] ?? NONE)
      found.push(node)
    return found
  }
  return { calleesOf, nodes }
}

export interface OrderedTree extends CallTree {
  readonly subtree: Float64Array
  /** As `calleesFirst` gives it. */
  readonly order: Int32Array
}

/**
 * The rows of a whole tree. Where they take more room than there is, subtrees of little time become one row of their
 * caller's, and the time of all that are left stays what it is: a picture of the tree loses its thinnest parts.
 */
export function rowsWithin(tree: OrderedTree, room: number, sizeOf: (row: Row) => number): Row[] {
  const total = tree.self.reduce((sum, self) => sum + self, 0)
  const rest = new Float64Array(tree.self.length)
  // Where more than all time is asked for, a single row is left.
  for (let least = 0; ; least = Math.max(2 * least, total * FINEST)) {
    // Measured before they are made: of a large run they are far more than there is room for.
    let size = 0
    forEachRow(tree, { least, rest }, row => {
      size += sizeOf(row)
    })
    if (least <= total && size > room) continue
    const rows: Row[] = []
    forEachRow(tree, { least, rest }, row => rows.push(row))
    return rows
  }
}

export function sizeOfAll(rows: readonly Row[], sizeOf: (row: Row) => number): number {
  let size = 0
  for (const row of rows) size += sizeOf(row)
  return size
}

/** `rest`: one for each node, to be used as it likes. */
function forEachRow(
  { caller, self, subtree, order }: OrderedTree,
  { least, rest }: { least: Microseconds; rest: Float64Array },
  visit: (row: Row) => void,
): void {
  rest.fill(0)
  let outermostRest = 0
  for (const node of order) {
    const time = subtree[node] ?? 0
    const callerOfNode = caller[node] ?? NO_CALLER
    if (time >= least) {
      const [restOfNode = 0, own = 0] = [rest[node], self[node]]
      if (restOfNode > 0) visit({ node, weight: restOfNode, isRest: true })
      if (own > 0) visit({ node, weight: own, isRest: false })
    } else if (callerOfNode < 0) outermostRest += time
    else rest[callerOfNode] = (rest[callerOfNode] ?? 0) + time
  }
  if (outermostRest > 0) visit({ node: NO_CALLER, weight: outermostRest, isRest: true })
}
