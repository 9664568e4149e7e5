// ResolvedRecording → what the report needs of it beside its samples, which are in the Profile.

import type { ResolvedRecording } from '../import/resolved-recording.js'
import { concurrentGroups } from '../import/test-timeline.js'
import { windowTimes } from '../import/window-times.js'
import type { RecordedFile } from './run-record.js'

/** `name`: the recording's file in the run's folder of recordings. */
export function recordedFile(recording: ResolvedRecording, name: string): RecordedFile {
  const { header, tests } = recording
  const timesOf = windowTimes(recording)
  return {
    name,
    header,
    tests: tests.map(test => ({ ...test, ...timesOf(test) })),
    groups: concurrentGroups(tests).map(group => ({ ...group, ...timesOf(group) })),
    times: timesOf({ start: 0, end: header.wallMicros }),
  }
}
