// Frames, stacks and values of a profile → the columns that a page reads.

import { CATEGORIES, NO_CALLER, PHASES, type Profile } from '../../profile/profile.js'
import { StringTable } from '../../profile/string-table.js'
import type { PageCode } from './page-data.js'

export function packCode(
  { frames, stacks, values }: Pick<Profile, 'frames' | 'stacks' | 'values'>,
  toShown: (file: string) => string,
): PageCode {
  const strings = new StringTable()
  return {
    categories: CATEGORIES,
    phases: PHASES,
    frames: {
      name: frames.map(({ name }) => strings.add(name)),
      file: frames.map(({ file }) => strings.add(toShown(file))),
      package: frames.map(frame => (frame.package === undefined ? -1 : strings.add(frame.package))),
      category: frames.map(({ category }) => CATEGORIES.indexOf(category)),
      line: frames.map(({ line }) => line),
      column: frames.map(({ column }) => column),
    },
    stacks: {
      frame: stacks.frame,
      up: Int32Array.from(stacks.caller, (caller, stack) => (caller === NO_CALLER ? 0 : stack - caller)),
    },
    texts: strings.all,
    values: values
      .filter(({ stack }) => stack.length > 0)
      .map(({ type, stack, scope, weight }) => ({ type, stack, scope, weight })),
  }
}
