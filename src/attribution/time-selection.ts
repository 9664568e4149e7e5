// Which part of a recording's time is meant: all of it, or that of some tests. Everything that is computed from a recording
// takes a selection, so that a test's own tables add up as those of the whole run do.

import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { concurrentGroups } from './test-timeline.js'
import type { Segment } from './timeline.js'

export interface TimeSelection {
  /** Whether it has a segment of the timeline; undefined: time outside all segments. */
  readonly hasSegment: (segment: Pick<Segment, 'owner'> | undefined) => boolean
  /** Whether it has the test at this position in its file. */
  readonly hasTest: (index: number) => boolean
}

export const ALL_TIME: TimeSelection = { hasSegment: () => true, hasTest: () => true }

/**
 * The time of these tests, by their positions in the file. Where tests of a concurrent group cannot be told apart, the
 * group's time belongs to each of them.
 */
export function timeOfTests(
  { tests }: Pick<ResolvedRecording, 'tests'>,
  indexes: ReadonlySet<number>,
): TimeSelection {
  const groups = concurrentGroups(tests).map(group => group.tests.some(index => indexes.has(index)))
  return {
    hasTest: index => indexes.has(index),
    hasSegment: segment => {
      const owner = segment?.owner
      if (owner === undefined) return false
      if (owner.test !== undefined) return indexes.has(owner.test)
      return owner.group !== undefined && groups[owner.group] === true
    },
  }
}
