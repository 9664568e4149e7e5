// With `workerThreads`: asks the threads that run tests where they are and how full their heaps are, from Jest's own, because no other thread of the process can.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HeapWatch } from '../collect/memory/heap-watch.js'
import { askWhereabouts } from '../collect/stalls/asking.js'
import { type NotePaths, WhereaboutsNote } from '../collect/stalls/whereabouts-note.js'
import { getOrMake } from '../profile/columns.js'
import { ACTIVITY_EXTENSION } from '../recording/activity.js'
import { memoryNoteName } from '../recording/memory-names.js'
import { WHEREABOUTS_EXTENSION, type Whereabouts } from '../recording/whereabouts.js'
import { connectToWorkerThread } from './worker-thread.js'

const BLOCKED: Whereabouts = { state: 'blocked', kind: '', calls: [] }

/** How often to look for new threads. */
const POLL_MS = 200

interface WatchedThreads extends Pick<NotePaths, 'stallSeconds'> {
  readonly incoming: string
  readonly memory: boolean
}

export class WorkerThreadsWatch {
  readonly #run: WatchedThreads
  /** By the name of the thread's note of what it does. */
  readonly #notes = new Map<string, WhereaboutsNote>()
  readonly #heaps = new Map<string, NodeJS.Timeout>()
  #timer: NodeJS.Timeout | undefined

  constructor(run: WatchedThreads) {
    this.#run = run
  }

  start(): void {
    this.#timer = setTimeout(() => {
      void this.#look().finally(() => {
        if (this.#timer !== undefined) this.start()
      })
    }, POLL_MS).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const timer of this.#heaps.values()) clearInterval(timer)
  }

  async #look(): Promise<void> {
    const { stallSeconds, memory } = this.#run
    for (const [name, threadId] of this.#threads()) {
      if (memory && !this.#heaps.has(name)) this.#watchHeap(name, threadId)
      if (stallSeconds === 0) continue
      const note = getOrMake(this.#notes, name, () => this.#noteOf(name, threadId))
      await note.look().catch(ignored)
    }
  }

  #threads(): [name: string, threadId: number][] {
    try {
      return readdirSync(this.#run.incoming)
        .filter(name => name.endsWith(ACTIVITY_EXTENSION))
        .flatMap(name => {
          const [, process_, thread] = /^activity-(\d+)-(\d+)\./.exec(name) ?? []
          return Number(process_) === process.pid && Number(thread) > 0 ? [[name, Number(thread)]] : []
        })
    } catch {
      // As `ignored`.
      return []
    }
  }

  #noteOf(name: string, threadId: number): WhereaboutsNote {
    const { incoming, stallSeconds } = this.#run
    const activity = join(incoming, name)
    const paths = { activity, whereabouts: `${activity}${WHEREABOUTS_EXTENSION}`, stallSeconds }
    const connect = () => connectToWorkerThread(threadId)
    return new WhereaboutsNote(paths, question => askWhereabouts(connect, question, () => BLOCKED))
  }

  #watchHeap(name: string, threadId: number): void {
    const limitBytes = this.#heapLimitOf(threadId)
    if (limitBytes === undefined) return
    const paths = { activity: join(this.#run.incoming, name) }
    const watch = new HeapWatch(paths, limitBytes, () => connectToWorkerThread(threadId))
    this.#heaps.set(name, watch.start(ignored).unref())
  }

  /** A thread has a limit of its own, which it notes before its first test file; undefined: it has not yet. */
  #heapLimitOf(threadId: number): number | undefined {
    try {
      const path = join(this.#run.incoming, memoryNoteName(process.pid, threadId))
      return JSON.parse(readFileSync(path, 'utf8')).heapLimitBytes
    } catch {
      return undefined
    }
  }
}

/** The thread has ended, or a test removed the folder, which the run says: then its place is not told. */
function ignored(): void {}
