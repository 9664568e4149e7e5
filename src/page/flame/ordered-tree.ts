import { TIMES } from '../../profile/profile.js'
import type { ProfileData } from '../data/run-data.js'
import { type Selection, selectedScopes, selectedStacks } from '../data/selection.js'
import { type FlameNode, type FlameTree, type Folding, newNode, numbered } from './flame-tree.js'
import { pathOf, TreeBuilder } from './tree-builder.js'

/** The samples of one file, or of one of its tests, in time order. */
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
    return numbered(this.#root, { unit: TIMES.cpu.unit, whole: this.#time })
  }
}

function sameCall(a: FlameNode | undefined, b: FlameNode | undefined): boolean {
  return a !== undefined && b !== undefined && a.frame === b.frame && a.label === b.label
}
