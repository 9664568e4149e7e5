// Frames, stacks and values of a profile → the columns that a page reads.

import { Interner } from '../../profile/columns.js'
import { CATEGORIES, NO_CALLER, PHASES, type Profile } from '../../profile/profile.js'

/** -1 stands for none. */
export function packCode(
  { frames, stacks, values }: Pick<Profile, 'frames' | 'stacks' | 'values'>,
  toShown: (file: string) => string,
) {
  const strings = new Interner<string>()
  return {
    categories: CATEGORIES,
    phases: PHASES,
    /** Columns: positions in `texts` and `categories`; `file` is relative to the display root. */
    frames: {
      name: frames.map(({ name }) => strings.add(name)),
      file: frames.map(({ file }) => strings.add(toShown(file))),
      package: frames.map(frame => (frame.package === undefined ? -1 : strings.add(frame.package))),
      category: frames.map(({ category }) => CATEGORIES.indexOf(category)),
      line: frames.map(({ line }) => line),
      column: frames.map(({ column }) => column),
    },
    /** Columns; a caller stands before the stacks it called. `up` is the distance to it, 0 for an outermost frame. */
    stacks: {
      frame: stacks.frame,
      up: Int32Array.from(stacks.caller, (caller, stack) => (caller === NO_CALLER ? 0 : stack - caller)),
    },
    /** Texts that frames refer to. */
    texts: strings.all,
    /** Columns: the amounts of those values that the profile has any of, in the unit of their type. */
    values: values
      .filter(({ stack }) => stack.length > 0)
      .map(({ type, stack, scope, weight }) => ({ type, stack, scope, weight })),
  }
}
