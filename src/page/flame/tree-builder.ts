// Builds trees of stacks, with libraries, recursion, and the frames of Jest, Node and V8 folded if requested.

import { isOwnCode } from '../../profile/own-code.js'
import type { Category } from '../../profile/profile.js'
import type { CodeData } from '../data/run-data.js'
import { type FlameNode, type Folding, newNode } from './flame-tree.js'
import { entryLabel, frameLabel, isNamed, libraryOf } from './frame-labels.js'

interface BuilderOptions {
  /** Of the root. */
  readonly label: string
  /** Whether a frame is never folded. */
  readonly isKept?: (frame: number) => boolean
  /** Whether a frame is part of its caller. */
  readonly isMerged?: (frame: number) => boolean
}

/**
 * `merged`: part of its caller. `engine`: not drawn between calls of other code. `library`: one node with adjacent frames of
 * the same package. `shown`: a node of its own.
 */
type Handling = 'merged' | 'engine' | 'library' | 'shown'

/** Where a stack ends in a tree: at a node, followed by frames that are not drawn if a call of other code follows. */
export interface StackEnd {
  readonly node: FlameNode
  readonly engine: EngineFrames | undefined
}

/** A linked list, innermost first, because stacks share most of it. */
interface EngineFrames {
  readonly frame: number
  readonly outer: EngineFrames | undefined
  readonly outermost: number
  readonly length: number
}

export class TreeBuilder {
  readonly root: FlameNode
  readonly #profile: CodeData
  readonly #foldsRecursion: boolean
  readonly #childByKey = new Map<FlameNode, Map<string | number, FlameNode>>()
  /** By frame. */
  readonly #handling: readonly Handling[]
  /** By frame: labels of single frames and of entered libraries, made when they are needed. */
  readonly #labels: string[] = []
  readonly #entryLabels: string[] = []

  constructor(
    profile: CodeData,
    folding: Folding,
    { label, isKept = () => false, isMerged = () => false }: BuilderOptions,
  ) {
    this.#profile = profile
    this.#foldsRecursion = folding.recursion
    this.#handling = profile.frames.map(({ category }, frame) => {
      if (isMerged(frame)) return 'merged'
      if (isShownAlways(category) || isKept(frame)) return 'shown'
      if (folding.engine && category !== 'dependency') return 'engine'
      return folding.libraries ? 'library' : 'shown'
    })
    this.root = newNode({ frame: -1, label, category: 'program', parent: undefined })
  }

  get start(): StackEnd {
    return { node: this.root, engine: undefined }
  }

  /** Follows one more frame of a stack. */
  next(end: StackEnd, frame: number): StackEnd {
    const handling = this.#handling[frame]
    if (handling === 'merged') return end
    const { node, engine } = end
    if (handling === 'engine') {
      const [outermost, length] = [engine?.outermost ?? frame, (engine?.length ?? 0) + 1]
      return { node, engine: { frame, outer: engine, outermost, length } }
    }
    if (engine === undefined) return { node: this.#child(node, frame), engine: undefined }
    // A collection or a wait is not called: it is in the function that ran.
    const { category } = this.#profile.frames[frame] ?? {}
    if (category === 'gc' || category === 'idle')
      return { node: this.#child(this.leaf(end), frame), engine: undefined }
    const child = this.#child(node, frame)
    if (child !== node) child.hidden = Math.max(child.hidden, engine.length)
    return { node: child, engine: undefined }
  }

  /** The node of the samples that end there. */
  leaf({ node, engine }: StackEnd): FlameNode {
    if (engine === undefined) return node
    const { frames } = this.#profile
    const categoryOf = (frame: number) => frames[frame]?.category ?? 'program'
    const category = categoryOf(engine.frame)
    const label = `[${category}]`
    const folded = (parent: FlameNode) =>
      this.#keyed(parent, label, { frame: -1, label, category, folded: engine })
    // Nothing of the user's has called it: which function of Jest came first tells nothing.
    if (node === this.root) return folded(node)
    const entry = engine.outermost
    const called = categoryOf(entry)
    const entered = this.#entryLabel(entry)
    const outer = this.#keyed(node, entered, {
      frame: entry,
      label: entered,
      category: called,
      folded: engine,
    })
    return category === called ? outer : folded(outer)
  }

  #child(parent: FlameNode, frame: number): FlameNode {
    const info = this.#profile.frames[frame]
    const { category = 'program' } = info ?? {}
    if (this.#handling[frame] === 'library') return this.#library(parent, frame, category)
    if (this.#foldsRecursion) {
      for (let above: FlameNode | undefined = parent; above !== undefined; above = above.parent)
        if (above.frame === frame && above.folded === undefined && above !== this.root) return above
    }
    this.#labels[frame] ??= frameLabel(info)
    return this.#keyed(parent, frame, { frame, label: this.#labels[frame], category })
  }

  /** All packages of Jest are one library. */
  #library(parent: FlameNode, frame: number, category: Category): FlameNode {
    const info = this.#profile.frames[frame]
    const library = libraryOf(info, category)
    const above = parent.folded === undefined ? undefined : this.#profile.frames[parent.frame]
    // What an unnamed function of the package calls first tells what was called, such as `queryAllByRole`.
    const isUnnamed = above?.name === '(anonymous)' && isNamed(info)
    if (above !== undefined && !isUnnamed && libraryOf(above, above.category) === library) {
      parent.folded?.add(frame)
      return parent
    }
    const label = this.#entryLabel(frame)
    return this.#keyed(parent, label, { frame, label, category, folded: { frame, outer: undefined } })
  }

  #entryLabel(frame: number): string {
    this.#entryLabels[frame] ??= entryLabel(this.#profile.frames[frame])
    return this.#entryLabels[frame]
  }

  #keyed(
    parent: FlameNode,
    key: string | number,
    given: Pick<FlameNode, 'frame' | 'label' | 'category'> & { folded?: FoldedFrames },
  ): FlameNode {
    const children = this.#childByKey.get(parent) ?? new Map<string | number, FlameNode>()
    this.#childByKey.set(parent, children)
    const known = children.get(key)
    const node = known ?? newNode({ ...given, parent, folded: given.folded && new Set() })
    for (let more: FoldedFrames | undefined = given.folded; more !== undefined; more = more.outer)
      node.folded?.add(more.frame)
    if (known !== undefined) return known
    parent.children.push(node)
    children.set(key, node)
    return node
  }
}

/** Frames of a folded node. */
interface FoldedFrames {
  readonly frame: number
  readonly outer: FoldedFrames | undefined
}

/** Own code, collections and waits. */
function isShownAlways(category: Category): boolean {
  return isOwnCode({ category }) || category === 'idle' || category === 'gc'
}
