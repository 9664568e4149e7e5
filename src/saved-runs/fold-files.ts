// Some of a saved run's files, with their recordings → what a report is made of.

import { ALL_TIME, timeOfTests } from '../attribution/time-selection.js'
import { UserError } from '../errors/user-error.js'
import { toSlashes } from '../profile/paths.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import type { RunBuilder } from '../report/record/run-builder.js'
import type { SavedFileRecord } from '../report/record/saved-run.js'
import type { RunStore } from '../storage/run-store.js'

/** A recording of a saved run that is to be folded. */
export interface RecordingToFold extends Pick<SavedFileRecord, 'path' | 'projectId'> {
  readonly moved: SavedFileRecord['moved'] | undefined
  /** Its file in the run's folder of recordings. */
  readonly recording: string
  /** Positions of the selected tests; undefined: the whole file. */
  readonly tests: ReadonlySet<number> | undefined
}

/** Positions in the memory that two threads share while they fold the files of one run. Files that the second thread has folded: */
export const DONE = 0
/** Samples that the first thread, whose files come before the second one's, has kept in the order of time so far. */
export const ORDERED_SAMPLES = 1

/** Files that a thread reports at once, and after which its messages are read: messages that are not read are in memory twice. */
export const AT_ONCE = 50

/** Yields them in their order. Throws a UserError for a recording that cannot be read, or is another file's. */
export function* foldFiles(
  files: readonly RecordingToFold[],
  { store, builder }: { store: RunStore; builder: RunBuilder },
): Generator<RecordingSummary> {
  for (const file of files) {
    const read = store.read(file.recording)
    checkOwner(read, file)
    const recording = placeInMergedRun(read, file)
    const selection = file.tests === undefined ? ALL_TIME : timeOfTests(recording, file.tests)
    yield builder.add(recording, file.recording, selection)
  }
}

/** The saved run says which test file a recording is of: if the recording disagrees, totals would differ. */
function checkOwner(
  { header }: Pick<ResolvedRecording, 'header'>,
  { recording, path, projectId, moved }: RecordingToFold,
): void {
  const isSameFile = toSlashes(header.testPath) === toSlashes(path)
  if (isSameFile && (moved !== undefined || header.projectId === projectId)) return
  throw new UserError(
    `jest-profiler: ${recording} is damaged (it is of ${header.testPath}, but the run lists it for ${path}). Copy the run again.`,
  )
}

function placeInMergedRun(
  recording: ResolvedRecording,
  { projectId, moved }: Pick<RecordingToFold, 'projectId' | 'moved'>,
): ResolvedRecording {
  if (moved === undefined) return recording
  const { worker, startedAtMs } = recording.header
  const header = { projectId, worker: worker + moved.workers, startedAtMs: startedAtMs + moved.byMs }
  return { ...recording, header: { ...recording.header, ...header } }
}
