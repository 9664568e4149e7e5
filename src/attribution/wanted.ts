// Which part of a recording's time is asked for: all of it, or that of some tests. Everything that is worked out of a
// recording takes this, so that a test's own tables add up as those of the whole run do.

import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { concurrentGroups } from './test-timeline.js'
import type { Segment } from './timeline.js'

export interface Wanted {
  /** Whether a stretch of the timeline belongs to it, or what lies outside of every stretch. */
  readonly segment: (segment: Pick<Segment, 'owner'> | undefined) => boolean
  /** Whether the test at this position in its file does. */
  readonly test: (index: number) => boolean
}

export const EVERYTHING: Wanted = { segment: () => true, test: () => true }

/**
 * The time of these tests, by their positions in the file. Where tests of a concurrent group cannot be told apart, the
 * group's time belongs to each of them.
 */
export function timeOfTests(
  { tests }: Pick<ResolvedRecording, 'tests'>,
  indexes: ReadonlySet<number>,
): Wanted {
  const groups = concurrentGroups(tests).map(group => group.tests.some(index => indexes.has(index)))
  return {
    test: index => indexes.has(index),
    segment: segment => {
      const owner = segment?.owner
      if (owner === undefined) return false
      if (owner.test !== undefined) return indexes.has(owner.test)
      return owner.group !== undefined && groups[owner.group] === true
    },
  }
}
