// The recordings of a saved run → the parts of a report. A second thread folds half of a large run, with the same result.

import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { UserError } from '../errors/user-error.js'
import { ownFile } from '../own-files.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import { type BuiltRun, RunBuilder } from '../report/record/run-builder.js'
import { RunStore } from '../storage/run-store.js'
import { AT_ONCE, DONE, foldFiles, ORDERED_SAMPLES, type RecordingToFold } from './fold-files.js'
import type { FoldingMessage, FoldingTask } from './folding-thread.js'

/** Called after each recording. */
export type Progress = (done: number, total: number) => void

/** Fewer files are folded before a thread has started, which takes some 0.2 s. */
const LARGE = 500

export interface FoldedRun extends BuiltRun {
  /** In the order of the files. */
  readonly recorded: readonly RecordingSummary[]
}

/** `recordings`: the run's folder of recordings. Throws a UserError if one cannot be read, or is of another file. */
export async function foldRun(
  files: readonly RecordingToFold[],
  { recordings, progress }: { recordings: string; progress?: Progress | undefined },
): Promise<FoldedRun> {
  const isLarge = files.length >= LARGE
  if (isLarge) growHeapSlowly()
  const inThread = isLarge && availableParallelism() > 1 ? files.length >>> 1 : 0
  const [own, others] = [files.slice(0, files.length - inThread), files.slice(files.length - inThread)]
  const counters = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  const thread = others.length === 0 ? undefined : startThread({ recordings, files: others, counters })
  try {
    const builder = new RunBuilder()
    const recorded: RecordingSummary[] = []
    for (const file of foldFiles(own, { store: new RunStore({ recordings }), builder })) {
      recorded.push(file)
      Atomics.store(counters, ORDERED_SAMPLES, builder.profile.sequences.samples)
      progress?.(recorded.length + Atomics.load(counters, DONE), files.length)
      // Reads the thread's messages.
      if (recorded.length % AT_ONCE === 0) await setImmediate()
    }
    const rest = await thread?.folded
    // Frees its heap, which is as large as this thread's.
    await thread?.worker.terminate()
    if (rest === undefined) return { ...builder.build(), recorded }
    builder.join(rest)
    return { ...builder.build(), recorded: [...recorded, ...rest.recorded] }
  } finally {
    await thread?.worker.terminate()
  }
}

/** Percent of growth before V8 collects all of a heap: merging 10,000 recordings takes a fifth less memory, and no more CPU time. */
const HEAP_GROWTH = 30

/** Limits heap growth in this process and its threads. Not for a process that runs tests. */
export function growHeapSlowly(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`)
}

function startThread(task: FoldingTask): { worker: Worker; folded: Promise<FoldedRun> } {
  const worker = new Worker(ownFile('saved-runs/folding-thread.js'), { workerData: task })
  const folded = new Promise<FoldedRun>((resolve, reject) => {
    const recorded: RecordingSummary[] = []
    worker.on('message', (message: FoldingMessage) => {
      if ('recorded' in message) recorded.push(...message.recorded)
      else if ('built' in message) resolve({ ...message.built, recorded })
      else reject(new UserError(message.problem))
    })
    worker.on('error', reject)
    worker.on('exit', code => {
      reject(new Error(`the thread that folds recordings ended with exit code ${code}`))
    })
  })
  // Awaited after this thread has folded its own files; until then a rejection would have no handler.
  folded.catch(() => {})
  return { worker, folded }
}
