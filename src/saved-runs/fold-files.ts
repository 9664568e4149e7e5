// Some of a saved run's files, with their recordings → what a report is made of.

import { ALL_TIME, timeOfTests } from '../attribution/time-selection.js'
import { UserError } from '../errors/user-error.js'
import { toSlashes } from '../profile/paths.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import type { RunBuilder } from '../report/record/run-builder.js'
import type { SavedFileRecord } from '../report/record/saved-run.js'
import type { KeptRun } from '../storage/kept-run.js'

/** A file whose recording is there. */
export interface RecordingToFold extends Pick<SavedFileRecord, 'path' | 'projectId'> {
  readonly moved: SavedFileRecord['moved'] | undefined
  /** Its name. */
  readonly recording: string
  /** Positions of the tests that are asked for; undefined: the whole file. */
  readonly tests: ReadonlySet<number> | undefined
}

/** Files that a thread tells of at once, and after which it is listened to: what waits to be told is in memory twice. */
export const AT_ONCE = 50

interface Folding {
  readonly kept: Pick<KeptRun, 'read'>
  readonly builder: RunBuilder
}

/** In their order. Throws a UserError for a recording that cannot be read, or is another file's. */
export function* foldFiles(
  files: readonly RecordingToFold[],
  { kept, builder }: Folding,
): Generator<RecordingSummary> {
  for (const file of files) {
    const read = kept.read(file.recording)
    checkOwner(read, file)
    const recording = inMergedRun(read, file)
    const selection = file.tests === undefined ? ALL_TIME : timeOfTests(recording, file.tests)
    yield builder.add(recording, file.recording, selection)
  }
}

/** The run's own file says of which test file a recording is: two that differ would be two different totals. */
function checkOwner(
  { header }: Pick<ResolvedRecording, 'header'>,
  { recording, path, projectId, moved }: RecordingToFold,
): void {
  const isSameFile = toSlashes(header.testPath) === toSlashes(path)
  if (isSameFile && (moved !== undefined || header.projectId === projectId)) return
  throw new UserError(
    `jest-profiler: ${recording} is damaged (it tells of ${header.testPath}, and the run takes it for ${path}). Copy the run anew.`,
  )
}

function inMergedRun(
  recording: ResolvedRecording,
  { projectId, moved }: Pick<RecordingToFold, 'projectId' | 'moved'>,
): ResolvedRecording {
  if (moved === undefined) return recording
  const { worker, startedAtMs } = recording.header
  const header = { projectId, worker: worker + moved.workers, startedAtMs: startedAtMs + moved.byMs }
  return { ...recording, header: { ...recording.header, ...header } }
}
