// Starts the thread that finds out where a test is that runs for long, or fills the heap: nothing else in the process can, once the test is in an endless loop.

import { join } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { isMainThread, SHARE_ENV, Worker } from 'node:worker_threads'
import { ownFile } from '../../own-files.js'
import { WHEREABOUTS_EXTENSION } from '../../recording/whereabouts.js'
import { activityNoteName } from '../activity-note.js'
import type { WatchedNotes } from './watch-thread.js'
import type { NotePaths } from './whereabouts-note.js'

interface WatchedProcess {
  /** The run's folder for new recordings. */
  readonly incoming: string
  readonly stallSeconds: number
  readonly memory: boolean
}

// Module state: a process has one thread for it in each run.
let current: { incoming: string; thread: Worker; startMicros: Int32Array } | undefined

export function ownNotes({ incoming, stallSeconds }: Omit<WatchedProcess, 'memory'>): NotePaths {
  const activity = join(incoming, activityNoteName())
  return { activity, whereabouts: `${activity}${WHEREABOUTS_EXTENSION}`, stallSeconds }
}

/** Call before a test file. A thread of it can only ask its main thread. */
export function watchOwnProcess({ incoming, stallSeconds, memory }: WatchedProcess): void {
  if ((stallSeconds === 0 && !memory) || !isMainThread || current?.incoming === incoming) return
  const startMicros = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const paths = ownNotes({ incoming, stallSeconds })
  const heapLimitBytes = memory ? getHeapStatistics().heap_size_limit : null
  const notes: WatchedNotes = { ...paths, startMicros, heapLimitBytes }
  void current?.thread.terminate()
  const thread = new Worker(ownFile('collect/stalls/watch-thread.js'), {
    workerData: notes,
    env: SHARE_ENV,
    execArgv: [],
  })
  thread.on('error', reportUnwatched).unref()
  current = { incoming, thread, startMicros }
}

/** CPU time that starting the thread took, once. */
export function takeStartMicros(): number {
  return current === undefined ? 0 : Atomics.exchange(current.startMicros, 0, 0)
}

/** A fault of ours in the thread: tests that run for long are told without their place from now on, or in band not at all. */
export function reportUnwatched(error: Error): void {
  process.stderr.write(`jest-profiler: tests that hang are not watched: ${error.message}\n`)
}
