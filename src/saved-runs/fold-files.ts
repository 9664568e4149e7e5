// Folds recordings of a saved run into a RunBuilder.

import { ALL_TIME, timeOfTests } from '../attribution/timeline.js'
import { UserError } from '../errors/user-error.js'
import { toSlashes } from '../profile/paths.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import type { RunBuilder } from '../report/record/run-builder.js'
import type { SavedFileRecord } from '../report/record/saved-run.js'
import type { RunStore } from '../storage/run-store.js'

export interface RecordingToFold extends Pick<SavedFileRecord, 'path' | 'projectId'> {
  readonly moved: SavedFileRecord['moved'] | undefined
  /** Its file in the run's folder of recordings. */
  readonly recording: string
  /** Positions of the selected tests; undefined: the whole file. */
  readonly tests: ReadonlySet<number> | undefined
}

/** Position in the memory that two folding threads share: number of files that the second thread has folded. */
export const DONE = 0
/** Position in the shared memory: samples that the first thread, whose files come first, keeps in the order of time so far. */
export const ORDERED_SAMPLES = 1

/** Files in one message of the second thread. The first thread reads messages as often: unread ones are in memory twice. */
export const AT_ONCE = 50

/** Yields summaries in order. Throws a UserError if a recording cannot be read, or is of another file. */
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

/** Throws if the saved run lists the recording for another test file: totals would differ. */
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
