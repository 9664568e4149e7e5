// The frame that stands for calls of a large run that a format has no room for.

import type { Frame } from '../profile/profile.js'

/** Stands for calls that were too light to be kept one by one. */
export const SMALLER_CALLS: Frame = {
  name: '(smaller calls)',
  category: 'program',
  file: '',
  line: 0,
  column: 0,
  package: undefined,
  generated: false,
}
