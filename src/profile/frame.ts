// Questions about single frames.

import { compareText } from './order.js'
import type { Frame } from './profile.js'

export const ANONYMOUS = '(anonymous)'

/** Whether a frame is a function, and not one of V8's entries for time outside functions. */
export function isFunction({ category }: Frame): boolean {
  return category !== 'gc' && category !== 'program' && category !== 'idle'
}

/** A total order of frames, independent of the order of recordings. */
export function compareFrames(a: Frame, b: Frame): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.name, b.name) ||
    compareText(a.category, b.category) ||
    Number(a.generated) - Number(b.generated)
  )
}

/** The function of a call whose package works on after an await or in a timer: its caller is no longer on the stack. */
export const RESUMED = '(after await)'
