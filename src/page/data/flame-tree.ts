// What a flame graph draws: nodes with a start and a width. Merged trees put the widest child first; trees in the order
// of time keep every moment where it was.

import type { Category } from '../../profile/profile.js'
import type { FrameInfo, ProfileData } from './profile-data.js'
import { type Selection, selectedScopes, selectedStacks } from './selection.js'

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

/** Grows a tree along paths of frames, outermost first. */
class TreeBuilder {
  readonly root: FlameNode
  readonly #profile: ProfileData
  readonly #folding: Folding
  readonly #childByKey = new Map<FlameNode, Map<string | number, FlameNode>>()

  readonly #isKept: (frame: number) => boolean

  /** Frames of which `isKept` is true are never folded. */
  constructor(
    profile: ProfileData,
    folding: Folding,
    { label, isKept = () => false }: { label: string; isKept?: (frame: number) => boolean },
  ) {
    this.#profile = profile
    this.#folding = folding
    this.#isKept = isKept
    this.root = newNode({ frame: -1, label, category: 'program', parent: undefined, folded: undefined })
  }

  child(parent: FlameNode, frame: number): FlameNode {
    const { key, label, category, isFolded } = this.#identity(frame)
    if (isFolded && parent.folded !== undefined && parent.label === label) {
      parent.folded.add(frame)
      return parent
    }
    if (this.#folding.recursion) {
      for (let above: FlameNode | undefined = parent; above !== undefined; above = above.parent)
        if (above.frame === frame && above !== this.root) return above
    }
    const children = this.#childByKey.get(parent) ?? new Map<string | number, FlameNode>()
    this.#childByKey.set(parent, children)
    const known = children.get(key)
    known?.folded?.add(frame)
    if (known !== undefined) return known
    const folded = isFolded ? new Set([frame]) : undefined
    const node = newNode({ frame: isFolded ? -1 : frame, label, category, parent, folded })
    parent.children.push(node)
    children.set(key, node)
    return node
  }

  #identity(frame: number): { key: string | number; label: string; category: Category; isFolded: boolean } {
    const info = this.#profile.frames[frame]
    const { category = 'program' } = info ?? {}
    const name = frameLabel(info)
    const isOwn = category === 'source' || category === 'test' || category === 'idle' || category === 'gc'
    if (!this.#folding.libraries || isOwn || this.#isKept(frame))
      return { key: frame, label: name, category, isFolded: false }
    // Jest's many packages are one library to whoever looks for their own code.
    const label = `[${category === 'dependency' ? (info?.package ?? category) : category}]`
    return { key: label, label, category, isFolded: true }
  }
}

/** Modules are all called alike: what tells them apart is their file. */
function frameLabel(info: FrameInfo | undefined): string {
  const { name = '', file = '' } = info ?? {}
  if (name !== '(module)') return name
  const [base = '', folder] = file.split('/').reverse()
  return `(module) ${/^index\.\w+$/.test(base) && folder !== undefined ? `${folder}/` : ''}${base}`
}

function newNode(given: Pick<FlameNode, 'frame' | 'label' | 'category' | 'parent' | 'folded'>): FlameNode {
  const depth = given.parent === undefined ? 0 : given.parent.depth + 1
  return { ...given, id: 0, depth, start: 0, total: 0, self: 0, children: [] }
}

/** All samples that were selected, merged, from the outermost caller down. */
export function mergedTree(profile: ProfileData, selection: Selection, folding: Folding): FlameTree {
  const builder = new TreeBuilder(profile, folding, { label: 'all' })
  const nodeOf = new Map<number, FlameNode>()
  const find = (stack: number): FlameNode => {
    if (stack < 0) return builder.root
    const known = nodeOf.get(stack)
    if (known !== undefined) return known
    const parent = find(profile.callerOf[stack] ?? -1)
    const frame = profile.frameOf[stack] ?? -1
    const node = profile.passesOn(frame) ? parent : builder.child(parent, frame)
    nodeOf.set(stack, node)
    return node
  }
  eachSample(profile, selection, (stack, weight) => {
    const frame = profile.frameOf[stack] ?? -1
    const node = profile.passesOn(frame) ? builder.child(find(stack), frame) : find(stack)
    node.self += weight
  })
  return leftHeavy(builder.root)
}

/** Who called a function, and what it called: both from its outermost call, so that recursion counts once. */
export function sandwichTrees(
  profile: ProfileData,
  {
    selection,
    folding,
    isFunction,
  }: { selection: Selection; folding: Folding; isFunction: (frame: number) => boolean },
): { callers: FlameTree; callees: FlameTree } {
  const callers = new TreeBuilder(profile, folding, { label: 'callers', isKept: isFunction })
  const callees = new TreeBuilder(profile, folding, { label: 'callees', isKept: isFunction })
  eachSample(profile, selection, (stack, weight) => {
    const path = pathOf(profile, stack)
    const outermost = path.findIndex(isFunction)
    if (outermost < 0) return
    let node = callers.root
    for (let above = outermost; above >= 0; above--) node = callers.child(node, path[above] ?? -1)
    node.self += weight
    node = callees.root
    for (const frame of path.slice(outermost)) node = callees.child(node, frame)
    node.self += weight
  })
  return { callers: leftHeavy(callers.root), callees: leftHeavy(callees.root) }
}

/** One file's samples, or those of one of its tests, in the order of time. */
export function orderedTree(profile: ProfileData, selection: Selection, folding: Folding): FlameTree {
  const scopes = selectedScopes(profile, selection)
  const stacks = selectedStacks(profile, selection)
  const builder = new OrderedTreeBuilder(profile, folding)
  for (const { file, first, stack, scope, length } of profile.sequences) {
    if (file !== selection.file) continue
    let time = first
    stack.forEach((index, sample) => {
      const lasted = length[sample] ?? 0
      const isShown = scopes[scope[sample] ?? -1] === 1 && stacks[index] === 1
      if (isShown) builder.add(index, time, lasted)
      time += lasted
    })
  }
  return builder.tree()
}

/** Like a stack that is drawn while it runs: what goes on stays one node, what returns is closed. */
class OrderedTreeBuilder {
  readonly #folding: Folding
  readonly #profile: ProfileData
  readonly #root = newNode({
    frame: -1,
    label: 'all',
    category: 'program',
    parent: undefined,
    folded: undefined,
  })
  #first = Number.POSITIVE_INFINITY
  #end = 0
  #time = 0
  #last: FlameNode[] = []
  readonly #callsOf = new Map<number, readonly FlameNode[]>()

  constructor(profile: ProfileData, folding: Folding) {
    this.#profile = profile
    this.#folding = folding
  }

  add(stack: number, start: number, length: number): void {
    const isNext = start - this.#end < 1
    this.#first = Math.min(this.#first, start)
    const wanted = this.#calls(stack)
    let level = 0
    while (isNext && level < wanted.length && sameCall(this.#last[level], wanted[level])) level++
    const now = this.#last.slice(0, level)
    for (const { frame, label, category, folded } of wanted.slice(level)) {
      const parent = now.at(-1) ?? this.#root
      const node = newNode({ frame, label, category, parent, folded })
      node.start = start
      parent.children.push(node)
      now.push(node)
    }
    this.#end = start + length
    for (const node of now) node.total = this.#end - node.start
    this.#time += length
    const innermost = now.at(-1)
    if (innermost !== undefined) innermost.self += length
    this.#last = now
  }

  /** A stack's calls as they are drawn, outermost first: a tree of that one path applies the folding. */
  #calls(stack: number): readonly FlameNode[] {
    const known = this.#callsOf.get(stack)
    if (known !== undefined) return known
    const builder = new TreeBuilder(this.#profile, this.#folding, { label: 'all' })
    let leaf = builder.root
    for (const frame of pathOf(this.#profile, stack)) leaf = builder.child(leaf, frame)
    const calls: FlameNode[] = []
    for (let node: FlameNode | undefined = leaf; node?.parent !== undefined; node = node.parent)
      calls.push(node)
    calls.reverse()
    this.#callsOf.set(stack, calls)
    return calls
  }

  tree(): FlameTree {
    this.#root.start = Number.isFinite(this.#first) ? this.#first : 0
    this.#root.total = Math.max(0, this.#end - this.#root.start)
    return numbered(this.#root, this.#time)
  }
}

function sameCall(a: FlameNode | undefined, b: FlameNode | undefined): boolean {
  return a !== undefined && b !== undefined && a.frame === b.frame && a.label === b.label
}

function pathOf(profile: ProfileData, stack: number): number[] {
  const path: number[] = []
  for (let index = stack; index >= 0; index = profile.callerOf[index] ?? -1) {
    const frame = profile.frameOf[index] ?? -1
    if (index === stack || !profile.passesOn(frame)) path.push(frame)
  }
  return path.reverse()
}

function eachSample(
  profile: ProfileData,
  selection: Selection,
  take: (stack: number, weight: number) => void,
): void {
  const scopes = selectedScopes(profile, selection)
  const stacks = selectedStacks(profile, selection)
  const { stack, scope, weight } = profile.samples
  for (let row = 0; row < stack.length; row++) {
    const index = stack[row] ?? -1
    if (scopes[scope[row] ?? -1] === 1 && stacks[index] === 1) take(index, weight[row] ?? 0)
  }
}

function leftHeavy(root: FlameNode): FlameTree {
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

function numbered(root: FlameNode, time = root.total): FlameTree {
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
