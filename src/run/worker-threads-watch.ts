// With `workerThreads`: asks the threads that run tests where they are, from Jest's own, because no other thread of the process can.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type NotePaths, WhereaboutsNote } from '../collect/stalls/whereabouts-note.js'
import { getOrMake } from '../profile/columns.js'
import { ACTIVITY_EXTENSION } from '../recording/activity.js'
import { WHEREABOUTS_EXTENSION } from '../recording/whereabouts.js'
import { askWorkerThread } from './worker-thread.js'

export class WorkerThreadsWatch {
  readonly #incoming: string
  readonly #stallSeconds: number
  /** By the name of the thread's note of what it does. */
  readonly #notes = new Map<string, WhereaboutsNote>()
  #timer: NodeJS.Timeout | undefined

  constructor({ incoming, stallSeconds }: { incoming: string } & Pick<NotePaths, 'stallSeconds'>) {
    this.#incoming = incoming
    this.#stallSeconds = stallSeconds
  }

  start(): void {
    const pollMs = Math.min(1000, 100 * this.#stallSeconds)
    this.#timer = setTimeout(() => {
      void this.#look().finally(() => {
        if (this.#timer !== undefined) this.start()
      })
    }, pollMs).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #look(): Promise<void> {
    for (const [name, threadId] of this.#threads()) {
      const note = getOrMake(this.#notes, name, () => this.#noteOf(name, threadId))
      await note.look().catch(() => {
        // The thread has ended, or a test removed the folder, which the run says: then its place is not told.
      })
    }
  }

  #threads(): [name: string, threadId: number][] {
    try {
      return readdirSync(this.#incoming)
        .filter(name => name.endsWith(ACTIVITY_EXTENSION))
        .flatMap(name => {
          const [, process_, thread] = /^activity-(\d+)-(\d+)\./.exec(name) ?? []
          return Number(process_) === process.pid && Number(thread) > 0 ? [[name, Number(thread)]] : []
        })
    } catch {
      // As above.
      return []
    }
  }

  #noteOf(name: string, threadId: number): WhereaboutsNote {
    const activity = join(this.#incoming, name)
    const paths = {
      activity,
      whereabouts: `${activity}${WHEREABOUTS_EXTENSION}`,
      stallSeconds: this.#stallSeconds,
    }
    return new WhereaboutsNote(paths, question => askWorkerThread(threadId, question))
  }
}
