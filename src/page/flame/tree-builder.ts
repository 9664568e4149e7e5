// Builds trees of stacks, with libraries and recursion folded if requested.

import { isOwnCode } from '../../profile/own-code.js'
import type { Category } from '../../profile/profile.js'
import type { CodeData, FrameInfo } from '../data/run-data.js'
import { type FlameNode, type Folding, newNode } from './flame-tree.js'

export class TreeBuilder {
  readonly root: FlameNode
  readonly #profile: CodeData
  readonly #folding: Folding
  readonly #childByKey = new Map<FlameNode, Map<string | number, FlameNode>>()

  readonly #isKept: (frame: number) => boolean

  /** Frames for which `isKept` returns true are never folded. */
  constructor(
    profile: CodeData,
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
    const isOwn = isOwnCode({ category }) || category === 'idle' || category === 'gc'
    if (!this.#folding.libraries || isOwn || this.#isKept(frame))
      return { key: frame, label: name, category, isFolded: false }
    // All packages of Jest are one library.
    const label = `[${category === 'dependency' ? (info?.package ?? category) : category}]`
    return { key: label, label, category, isFolded: true }
  }
}

/** Modules all have the same name: their file distinguishes them. */
function frameLabel(info: FrameInfo | undefined): string {
  const { name = '', file = '' } = info ?? {}
  if (name !== '(module)') return name
  const [base = '', folder] = file.split('/').reverse()
  return `(module) ${/^index\.\w+$/.test(base) && folder !== undefined ? `${folder}/` : ''}${base}`
}

/** The frames of a stack, outermost first; frames of the profiler only if innermost. */
export function pathOf(profile: CodeData, stack: number): number[] {
  const path: number[] = []
  for (let index = stack; index >= 0; index = profile.callerOf[index] ?? -1) {
    const frame = profile.frameOf[index] ?? -1
    if (index === stack || !profile.passesOn(frame)) path.push(frame)
  }
  return path.reverse()
}

/** Returns a function that finds the node of a stack's samples. */
export function leafFinder(code: CodeData, builder: TreeBuilder): (stack: number) => FlameNode {
  const nodeOf = new Map<number, FlameNode>()
  const find = (stack: number): FlameNode => {
    if (stack < 0) return builder.root
    const known = nodeOf.get(stack)
    if (known !== undefined) return known
    const parent = find(code.callerOf[stack] ?? -1)
    const frame = code.frameOf[stack] ?? -1
    const node = code.passesOn(frame) ? parent : builder.child(parent, frame)
    nodeOf.set(stack, node)
    return node
  }
  return stack => {
    const frame = code.frameOf[stack] ?? -1
    return code.passesOn(frame) ? builder.child(find(stack), frame) : find(stack)
  }
}
