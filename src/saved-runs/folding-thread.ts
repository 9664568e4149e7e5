// The entry of the second thread that folds files of a large run, started by fold-run.ts.

import { parentPort, workerData } from 'node:worker_threads'
import { UserError } from '../errors/user-error.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import { type BuiltRun, RunBuilder } from '../report/record/run-builder.js'
import { RunStore } from '../storage/run-store.js'
import { AT_ONCE, DONE, foldFiles, ORDERED_SAMPLES, type RecordingToFold } from './fold-files.js'

/** The thread's input. */
export interface FoldingTask {
  /** The run's folder of recordings. */
  readonly recordings: string
  readonly files: readonly RecordingToFold[]
  /** Memory that the threads share: see DONE and ORDERED_SAMPLES. */
  readonly counters: Int32Array
}

/** Messages of the thread, in this order: folded files, and finally the result or an error. */
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
    // The other thread's files come first: in a very large run their samples leave no capacity for ours.
    builder.profile.sequences.limit(Atomics.load(counters, ORDERED_SAMPLES))
    if (recorded.length < AT_ONCE) continue
    send({ recorded })
    recorded = []
  }
  send({ recorded })
  const built = builder.build()
  send({ built }, buffersOf(built))
}

function send(message: FoldingMessage, transferred: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred)
}

/** Returns the buffers to transfer, which avoids copies. */
function buffersOf({ profile: { stacks, values, sequences } }: BuiltRun): ArrayBuffer[] {
  const columns = [
    ...[stacks.frame, stacks.caller],
    ...values.flatMap(({ stack, scope, weight, count }) => [stack, scope, weight, count]),
    ...sequences.flatMap(({ stack, scope, start }) => [stack, scope, start]),
  ]
  const buffers = columns.flatMap(column =>
    ArrayBuffer.isView(column) ? (column.buffer as ArrayBuffer) : [],
  )
  // Sequences share buffers.
  return [...new Set(buffers)]
}

try {
  fold(workerData as FoldingTask)
} catch (error) {
  // An error event would lose the class of the error.
  if (!(error instanceof UserError)) throw error
  send({ problem: error.message })
}
