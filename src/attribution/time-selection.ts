// Selects the time of a recording that is reported: all of it, or that of some tests. Everything that is computed from a recording
// takes a selection, so that a test's tables are computed in the same way as those of the run.

import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { concurrentGroups, type Segment } from './timeline.js'

export interface TimeSelection {
  /** Whether a segment of the timeline is selected; undefined: time outside of all segments. */
  readonly hasSegment: (segment: Pick<Segment, 'owner'> | undefined) => boolean
  /** Whether the test at this position in its file is selected. */
  readonly hasTest: (index: number) => boolean
}

export const ALL_TIME: TimeSelection = { hasSegment: () => true, hasTest: () => true }

/** Selects the time of tests, by position in the file, including time of their concurrent groups whose test is unknown. */
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
