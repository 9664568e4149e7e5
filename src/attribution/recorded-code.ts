// Maps frames and stacks of a recording to those of a profile. They are created on demand, because a selection needs few of them.

import { at } from '../profile/columns.js'
import { type FrameIndex, NO_CALLER, type StackIndex } from '../profile/profile.js'
import type { ProfileBuilder } from '../profile/profile-builder.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'

export type Code = ReturnType<typeof codeOf>

const NOT_MADE = -1

/** `frameOf` and `stackOf` take positions of the recording's frames and call-tree nodes. */
export function codeOf({ frames, nodes }: ResolvedRecording, builder: ProfileBuilder) {
  const madeFrames = new Int32Array(frames.length).fill(NOT_MADE)
  const madeStacks = new Int32Array(nodes.frame.length).fill(NOT_MADE)
  const frameOf = (frame: number): FrameIndex => {
    if (at(madeFrames, frame) === NOT_MADE) madeFrames[frame] = builder.frame(at(frames, frame))
    return at(madeFrames, frame) as FrameIndex
  }
  // V8's root node is not a function: stacks begin below it.
  const callerOf = (node: number) => {
    const caller = at(nodes.caller, node)
    return caller < 0 || at(nodes.caller, caller) < 0 ? NO_CALLER : caller
  }
  // Iterative, because stacks may be deep.
  const makeStack = (node: number) => {
    const missing: number[] = []
    let next = node
    for (; next !== NO_CALLER && at(madeStacks, next) === NOT_MADE; next = callerOf(next)) missing.push(next)
    let stack: StackIndex | typeof NO_CALLER =
      next === NO_CALLER ? NO_CALLER : (at(madeStacks, next) as StackIndex)
    for (const callee of missing.toReversed()) {
      stack = builder.stack(frameOf(at(nodes.frame, callee)), stack)
      madeStacks[callee] = stack
    }
  }
  const stackOf = (node: number): StackIndex => {
    if (at(madeStacks, node) === NOT_MADE) makeStack(node)
    return at(madeStacks, node) as StackIndex
  }
  return { frameOf, stackOf }
}
