// The entry of a second thread that folds files of a large run: see fold-run.ts, which starts it.

import { parentPort, workerData } from 'node:worker_threads'
import { UserError } from '../errors/user-error.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import { type BuiltRun, RunBuilder } from '../report/record/run-builder.js'
import { RunStore } from '../storage/run-store.js'
import { AT_ONCE, DONE, foldFiles, ORDERED_SAMPLES, type RecordingToFold } from './fold-files.js'

/** What the thread is given. */
export interface FoldingTask {
  /** The run's folder of recordings. */
  readonly recordings: string
  readonly files: readonly RecordingToFold[]
  /** Memory that the threads share: see DONE and ORDERED_SAMPLES. */
  readonly counters: Int32Array
}

/** What it says, in this order: of files, as they are folded; last what they have come to, or why there is nothing. */
export type FoldingMessage =
  | { readonly recorded: readonly RecordingSummary[] }
  | { readonly built: BuiltRun }
  | { readonly problem: string }

function fold({ recordings, files, counters }: FoldingTask): void {
  const builder = new RunBuilder()
  let recorded: RecordingSummary[] = []
  for (const file of foldFiles(files, { store: new RunStore({ recordings }), builder })) {
    recorded.push(file)
    Atomics.add(counters, DONE, 1)
    // The other thread's files come first: of a very large run it leaves no room for what would be handed over here.
    builder.profile.sequences.limit(Atomics.load(counters, ORDERED_SAMPLES))
    if (recorded.length < AT_ONCE) continue
    tell({ recorded })
    recorded = []
  }
  tell({ recorded })
  const built = builder.build()
  tell({ built }, buffersOf(built))
}

function tell(message: FoldingMessage, transferred: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred)
}

/** They are handed over instead of being copied. */
function buffersOf({ profile: { stacks, values, sequences } }: BuiltRun): ArrayBuffer[] {
  const columns = [
    ...[stacks.frame, stacks.caller],
    ...values.flatMap(({ stack, scope, weight, count }) => [stack, scope, weight, count]),
    ...sequences.flatMap(({ stack, scope, start }) => [stack, scope, start]),
  ]
  const buffers = columns.flatMap(column =>
    ArrayBuffer.isView(column) ? (column.buffer as ArrayBuffer) : [],
  )
  // Sequences have theirs together.
  return [...new Set(buffers)]
}

try {
  fold(workerData as FoldingTask)
} catch (error) {
  // Only the message of an error of our own class would be passed on.
  if (!(error instanceof UserError)) throw error
  tell({ problem: error.message })
}
