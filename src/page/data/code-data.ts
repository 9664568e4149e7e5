// Frames, stacks and values as typed arrays.

import type { PageCode } from '../../formats/html/page-data.js'
import type { Frame, ValueType } from '../../profile/profile.js'

/** As in the profile, but that `file` is relative to the display root. */
export type FrameInfo = Omit<Frame, 'generated'>

/** Columns: the amounts of one value. */
export interface ValueData {
  readonly type: ValueType
  readonly stack: Int32Array
  readonly scope: Int32Array
  readonly weight: Float64Array
}

export class CodeData {
  readonly frames: readonly FrameInfo[]
  /** By stack: its frame, and the stack that called it, -1 for none. */
  readonly frameOf: Int32Array
  readonly callerOf: Int32Array
  readonly values: readonly ValueData[]

  constructor({ texts, categories, frames, stacks, values }: PageCode) {
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
    this.values = values.map(({ type, stack, scope, weight }) => ({
      type,
      stack: Int32Array.from(stack),
      scope: Int32Array.from(scope),
      weight: Float64Array.from(weight),
    }))
  }

  /** Whether a frame is our own, which stands between Jest's and only passes calls on. */
  passesOn(frame: number): boolean {
    return this.frames[frame]?.category === 'profiler'
  }
}
