// What the parent knows of a run beside the samples: Jest's results, and the recordings' headers and test windows.

import type { TestSpan, TestStatus } from '../collect/recording.js'
import type { ResolvedRecording } from '../import/resolved-recording.js'
import type { ConcurrentGroup } from '../import/test-timeline.js'
import type { WindowTimes } from '../import/window-times.js'
import type { Microseconds } from '../profile/profile.js'
import type { FileReport, Missing, RunReport } from './report.js'

export interface RunRecord {
  readonly run: Omit<RunReport, 'startedAt'>
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly files: readonly FileRecord[]
  readonly missing: readonly Missing[]
  /** What folding and resolving took in this process. */
  readonly mergeMicros: Microseconds
}

export interface FileRecord {
  /** Jest's id of the project. */
  readonly projectId: string
  /** Absolute, with `/`. */
  readonly path: string
  readonly project: string
  readonly status: FileReport['status']
  readonly recording: RecordedFile | undefined
  /** Jest's own, in its order; empty when the file did not get that far. */
  readonly results: readonly ResultRecord[]
  /** Jest's own times, for a file without a recording: milliseconds since the epoch, and milliseconds. */
  readonly startedAtMs: number
  readonly wallMs: number
}

/** A recording without its samples, which are in the Profile. */
export interface RecordedFile {
  /** Its file in the run's folder of recordings. */
  readonly name: string
  readonly header: ResolvedRecording['header']
  readonly tests: readonly (TestSpan & WindowTimes)[]
  readonly groups: readonly (ConcurrentGroup & WindowTimes)[]
  /** Of the file as a whole. */
  readonly times: WindowTimes
}

interface ResultRecord {
  readonly name: readonly string[]
  readonly status: TestStatus
  readonly wallMs: number
}
