// The nodes of a tree at which stacks end.

import type { CodeData } from '../data/run-data.js'
import type { FlameNode } from './flame-tree.js'
import type { StackEnd, TreeBuilder } from './tree-builder.js'

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
  const { start } = builder
  const endOf: (StackEnd | undefined)[] = new Array(code.frameOf.length)
  const find = (stack: number): StackEnd => {
    if (stack < 0) return start
    const known = endOf[stack]
    if (known !== undefined) return known
    const above = find(code.callerOf[stack] ?? -1)
    const frame = code.frameOf[stack] ?? -1
    const end = code.passesOn(frame) ? above : builder.next(above, frame)
    endOf[stack] = end
    return end
  }
  const leaves: (FlameNode | undefined)[] = new Array(code.frameOf.length)
  return stack => {
    const known = leaves[stack]
    if (known !== undefined) return known
    const frame = code.frameOf[stack] ?? -1
    const leaf = builder.leaf(code.passesOn(frame) ? builder.next(find(stack), frame) : find(stack))
    leaves[stack] = leaf
    return leaf
  }
}

/** The node of a path of frames, outermost first. */
export function leafOfPath(builder: TreeBuilder, path: readonly number[]): FlameNode {
  return builder.leaf(path.reduce((end, frame) => builder.next(end, frame), builder.start))
}
