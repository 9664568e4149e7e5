// Whose time a part of a flame graph is.

import type { Phase } from '../../profile/profile.js'

/** What samples belong to: a phase, or a test or hook in it. */
export interface FlameOwner {
  readonly label: string
  readonly phase: Phase
  /** Undefined for a phase. */
  readonly outer: FlameOwner | undefined
  /** The link to its own view; made when it is needed, because a run may have thousands of tests. */
  readonly linkTo: () => string | undefined
  /** Whether a frame is the function that defines the test: both are one node, also where the function is resumed after a wait. */
  readonly isBody: (frame: number) => boolean
}
