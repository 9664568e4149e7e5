// The scope of each time of a recording.

import { once } from '../profile/columns.js'
import type { ScopeIndex } from '../profile/profile.js'
import type { ProfileBuilder } from '../profile/profile-builder.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { Segment } from './timeline.js'

/** Returns the scope of a segment; outside of all segments, that of the file. */
export function scopeMaker(
  builder: ProfileBuilder,
  { header }: ResolvedRecording,
): (segment: Segment | undefined) => ScopeIndex {
  const { projectId: project, worker, testPath: file } = header
  // Cached, because many samples lie in one segment.
  return once((segment: Segment | undefined) => {
    const { phase = 'other', hook, owner } = segment ?? {}
    const { test, attempt = 0, group } = owner ?? {}
    return builder.scope({ project, file, worker, phase, hook, test, attempt, group })
  })
}
