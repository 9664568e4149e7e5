// The entry of a second thread that folds files of a large run: see fold-run.ts, which starts it.

import { parentPort, workerData } from 'node:worker_threads'
import { UserError } from '../errors/user-error.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import { type BuiltRun, RunBuilder } from '../report/record/run-builder.js'
import { RunStore } from '../storage/run-store.js'
import { AT_ONCE, FoldingCounters, foldFiles, type RecordingToFold } from './fold-files.js'

/** What the thread is given. */
export interface FoldingTask {
  /** The run's folder of recordings. */
  readonly recordings: string
  readonly files: readonly RecordingToFold[]
  /** The memory of `FoldingCounters`. */
  readonly counters: SharedArrayBuffer
}

/** What it says, in this order: of files, as they are folded; last what they have come to, or why there is nothing. */
export type FoldingMessage =
  | { readonly recorded: readonly RecordingSummary[] }
  | { readonly built: BuiltRun }
  | { readonly problem: string }

function fold({ recordings, files, counters: shared }: FoldingTask): void {
  const counters = new FoldingCounters(shared)
  const builder = new RunBuilder()
  let recorded: RecordingSummary[] = []
  for (const file of foldFiles(files, { store: new RunStore({ recordings }), builder })) {
    recorded.push(file)
    counters.oneMoreDone()
    // The other thread's files come first: of a very large run it leaves no room for what would be handed over here.
    builder.limitOrderedSamples(counters.orderedSamples)
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
  const amounts = values.flatMap(({ stack, scope, weight, count }) => [stack, scope, weight, count])
  const columns = [stacks.frame, stacks.caller, ...amounts]
  const inTime = sequences.flatMap(sequence => [sequence.stack, sequence.scope, sequence.start])
  const buffers = [...columns, ...inTime].flatMap(column =>
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
