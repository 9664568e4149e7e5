// A thread beside a worker's tests. Reads the worker's note of what it is doing, and when that has lasted for long, notes where it is.

import { workerData } from 'node:worker_threads'
import { threadCpuMicros } from '../clock.js'
import { type NotePaths, WhereaboutsNote } from './whereabouts-note.js'

export interface WatchedNotes extends NotePaths {
  /** One number: the CPU time that the thread took to start, in microseconds, until somebody has counted it. */
  readonly startMicros: Int32Array
  /** Null without the option `memory`. */
  readonly heapLimitBytes: number | null
}

const { startMicros, heapLimitBytes, ...paths } = workerData as WatchedNotes
const note = new WhereaboutsNote(paths)

function lookAgain(): void {
  note
    .look()
    .catch(error => {
      // The folder is gone: the run has ended, or a test removed it, which the run says.
      if (error.code !== 'ENOENT') throw error
    })
    .finally(() => setTimeout(lookAgain, note.pollMs))
}

Atomics.store(startMicros, 0, threadCpuMicros() ?? 0)
if (paths.stallSeconds > 0) lookAgain()
if (heapLimitBytes !== null) {
  const { HeapWatch } = await import('../memory/heap-watch.js')
  new HeapWatch(paths, heapLimitBytes).start()
}
