// Grows a tree along stacks, with libraries and recursion folded as was asked for.

import { isOwnCode } from '../../profile/own-code.js'
import type { Category } from '../../profile/profile.js'
import type { CodeData, FrameInfo } from '../data/code-data.js'
import { type FlameNode, type Folding, newNode } from './flame-tree.js'

/** Grows a tree along paths of frames, outermost first. */
export class TreeBuilder {
  readonly root: FlameNode
  readonly #profile: CodeData
  readonly #folding: Folding
  readonly #childByKey = new Map<FlameNode, Map<string | number, FlameNode>>()

  readonly #isKept: (frame: number) => boolean

  /** Frames of which `isKept` is true are never folded. */
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

/** Frames of a stack, outermost first; our own only where they are the innermost. */
export function pathOf(profile: CodeData, stack: number): number[] {
  const path: number[] = []
  for (let index = stack; index >= 0; index = profile.callerOf[index] ?? -1) {
    const frame = profile.frameOf[index] ?? -1
    if (index === stack || !profile.passesOn(frame)) path.push(frame)
  }
  return path.reverse()
}

/** Finds, for each stack, the node that its samples are booked to. */
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
