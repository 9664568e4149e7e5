// In band: a thread that tells on stderr which test has been running for long, and where it is.

import { isMainThread, SHARE_ENV, Worker } from 'node:worker_threads'
import { ownNotes, reportUnwatched } from '../collect/stalls/stall-thread.js'
import type { NotePaths } from '../collect/stalls/whereabouts-note.js'
import { ownFile } from '../own-files.js'

export interface ToldRun {
  /** The run's folder for new recordings. */
  readonly incoming: string
  readonly displayRoot: string
  readonly notes: NotePaths
  /** One number: the CPU time that the thread took to start, in microseconds. */
  readonly startMicros: Int32Array
}

export class StallThread {
  readonly #run: ToldRun
  #thread: Worker | undefined

  constructor({
    stallSeconds,
    ...run
  }: Pick<ToldRun, 'incoming' | 'displayRoot'> & { stallSeconds: number }) {
    const startMicros = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    this.#run = { ...run, startMicros, notes: ownNotes({ incoming: run.incoming, stallSeconds }) }
  }

  start(): void {
    // A thread can only ask the main thread of its process.
    if (!isMainThread) return
    this.#thread = new Worker(ownFile('run/tell-stalls.js'), {
      workerData: this.#run,
      env: SHARE_ENV,
      execArgv: [],
    })
    this.#thread.on('error', reportUnwatched).unref()
  }

  get startMicros(): number {
    return Atomics.load(this.#run.startMicros, 0)
  }

  stop(): void {
    void this.#thread?.terminate()
  }
}
