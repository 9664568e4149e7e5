// Frames and stacks as typed arrays, and what a frame is called.

import type { PageCode } from '../../formats/html/page-data.js'
import type { Frame } from '../../profile/profile.js'

/** As in the profile, but that `file` is relative to the display root. */
export type FrameInfo = Omit<Frame, 'generated'>

export class CodeData {
  readonly frames: readonly FrameInfo[]
  /** Of each stack: its frame, and the stack that called it, -1 for none. */
  readonly frameOf: Int32Array
  readonly callerOf: Int32Array

  constructor({ texts, categories, frames, stacks }: PageCode) {
    const text = (index: number | undefined) => texts[index ?? -1] ?? ''
    this.frames = frames.name.map((name, frame) => ({
      name: text(name) || '(anonymous)',
      file: text(frames.file[frame]),
      line: frames.line[frame] ?? 0,
      column: frames.column[frame] ?? 0,
      category: categories[frames.category[frame] ?? 0] ?? 'program',
      package: texts[frames.package[frame] ?? -1],
    }))
    this.frameOf = Int32Array.from(stacks.frame)
    this.callerOf = Int32Array.from(stacks.up, (up, stack) => (up === 0 ? -1 : stack - up))
  }

  /** Whether a frame is our own, which stands between Jest's and only passes calls on. */
  passesOn(frame: number): boolean {
    return this.frames[frame]?.category === 'profiler'
  }

  /** Whether nothing ran at that stack since there was nothing to run. A blocked thread is busy, if with nothing. */
  isWaiting(stack: number): boolean {
    return isWaitingFrame(this.frames[this.frameOf[stack] ?? -1])
  }
}

export function isBlockedFrame({ category, name }: Pick<FrameInfo, 'category' | 'name'>): boolean {
  return category === 'idle' && name === '(blocked)'
}

export function isWaitingFrame(frame: Pick<FrameInfo, 'category' | 'name'> | undefined): boolean {
  return frame?.category === 'idle' && !isBlockedFrame(frame)
}
