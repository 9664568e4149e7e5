// Which test files' sandboxes this process never frees. Jest makes a world of its own for each test file; one listener on a module of
// Node keeps all of it. Between test files, where that is cheap enough, and at the end, a forced collection tells which sandboxes are
// left, and a snapshot what holds them.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { getHeapStatistics, setFlagsFromString, writeHeapSnapshot } from 'node:v8'
import { type Context, runInContext, runInNewContext } from 'node:vm'
import { threadId } from 'node:worker_threads'
import {
  ALL_DONE,
  KEPT_GLOBAL,
  KEPT_KEY,
  MEMORY_VERSION,
  memoryNoteName,
  SNAPSHOT_EXTENSION,
  sandboxKey,
} from '../../recording/memory-names.js'
import type { MemoryNote } from '../../recording/memory-note.js'
import { writeWhole } from '../../recording/recording-file.js'
import { monotonicMicros } from '../clock.js'
import { flat, lackOfMemory } from './snapshots.js'
import { withoutThrowing } from './without-throwing.js'

/** A collection may take this share of the time since the last one; V8 collects on other threads as well, so its CPU time is three times that. */
const MOST_OF_TIME = 0.02
/** Between two looks whether all test files are done. */
const POLL_MS = 50
/**
 * What a test left behind for a moment, such as a timer, is not kept, nor what a collection frees only in several steps: that is looked
 * at again, so often and after so many milliseconds each.
 */
const LOOKS_AGAIN = 4
const AGAIN_MS = 250
/** V8 12 and later, as in Node 22, can be asked for what they free only before they run out of memory: their caches of compiled code. */
const KNOWS_FLAVORS = Number(process.versions.v8.split('.', 1)[0]) >= 12
const ALL_THAT_CAN_BE_FREED = { type: 'major', execution: 'sync', flavor: 'last-resort' }

// Read before a test can replace them.
const { setTimeout: setRealTimeout, clearTimeout: clearRealTimeout } = globalThis

interface WatchedFile {
  readonly projectId: string
  readonly testPath: string
  readonly sandbox: WeakRef<object>
  heapBeforeBytes: number | null
  heapAfterBytes: number | null
  isKept: boolean | null
}

export class SandboxWatch {
  readonly #incoming: string
  readonly #collect: (options?: typeof ALL_THAT_CAN_BE_FREED) => void
  readonly #files: WatchedFile[] = []
  #heapBytes: number | null = null
  #collections = 0
  #collectionMicros = 0
  #lastMicros = 0
  #lastEnded = 0
  #snapshot: string | null = null
  #withoutSnapshot: string | null = null
  #snapshotMicros = 0
  #isComplete = false
  #isSettling = false
  #idle: NodeJS.Timeout | undefined
  /** Objects that are in the heap while a snapshot of it is taken. */
  readonly #marks: object[] = []

  constructor(incoming: string) {
    this.#incoming = incoming
    setFlagsFromString('--expose-gc')
    this.#collect = runInNewContext('gc')
  }

  /** Call before an environment is constructed. */
  beforeFile(): void {
    clearRealTimeout(this.#idle)
    const sinceMicros = monotonicMicros() - this.#lastEnded
    this.#heapBytes = null
    if (this.#files.length === 0 || this.#lastMicros <= MOST_OF_TIME * sinceMicros) this.#look()
    this.#write(false)
  }

  add(file: Pick<WatchedFile, 'projectId' | 'testPath'>, context: Context | null): void {
    if (context === null) return
    const { projectId, testPath } = file
    this.#files.push({
      projectId,
      testPath,
      sandbox: new WeakRef(runInContext('globalThis', context)),
      heapBeforeBytes: this.#heapBytes,
      heapAfterBytes: null,
      isKept: null,
    })
  }

  /** Call after teardown. Jest still holds the sandbox then. */
  afterFile(): void {
    this.#idle = after(POLL_MS, () => {
      if (existsSync(join(this.#incoming, ALL_DONE))) this.#finish()
      else this.afterFile()
    })
  }

  /** Looks for the last time, takes a snapshot if a sandbox is kept, and writes the note; in band, when all test files are done. */
  settle(): Promise<void> {
    clearRealTimeout(this.#idle)
    this.#isSettling = true
    return new Promise(resolve => this.#finish(resolve))
  }

  /** When the process is about to end: Jest kills a worker that takes half a second to exit, which is no time for a snapshot. */
  finishInHaste(): void {
    clearRealTimeout(this.#idle)
    if (this.#isComplete) return
    this.#look()
    this.#write(true)
  }

  #finish(done = () => {}, looksAgain = LOOKS_AGAIN): void {
    this.#look(looksAgain < LOOKS_AGAIN)
    if (this.#keepsAny && looksAgain > 0) {
      this.#idle = after(AGAIN_MS, () => this.#finish(done, looksAgain - 1))
      // In band, nothing else may keep the process alive until then.
      if (this.#isSettling) this.#idle.ref()
      return
    }
    if (this.#keepsAny) this.#takeSnapshot()
    this.#write(true)
    done()
  }

  get #keepsAny(): boolean {
    return this.#files.some(({ isKept }) => isKept === true)
  }

  #look(isThorough = false): void {
    const before = monotonicMicros()
    if (isThorough && KNOWS_FLAVORS) this.#collect(ALL_THAT_CAN_BE_FREED)
    else this.#collect()
    this.#heapBytes = getHeapStatistics().used_heap_size
    const last = this.#files.at(-1)
    if (last !== undefined) last.heapAfterBytes ??= this.#heapBytes
    for (const file of this.#files) {
      // A sandbox that was freed stays so.
      if (file.isKept === false) continue
      file.isKept = file.sandbox.deref() !== undefined
    }
    this.#lastEnded = monotonicMicros()
    this.#lastMicros = this.#lastEnded - before
    this.#collections++
    this.#collectionMicros += this.#lastMicros
  }

  #takeSnapshot(): void {
    const before = monotonicMicros()
    this.#withoutSnapshot = lackOfMemory()
    if (this.#withoutSnapshot !== null) return
    const marks = this.#files.flatMap(file => {
      const sandbox = file.isKept === true ? file.sandbox.deref() : undefined
      return sandbox === undefined ? [] : [{ [KEPT_KEY]: flat(sandboxKey(file)), [KEPT_GLOBAL]: sandbox }]
    })
    this.#marks.push(...marks)
    this.#snapshot = `memory-${process.pid}-${threadId}-${marks.length}${SNAPSHOT_EXTENSION}`
    writeHeapSnapshot(join(this.#incoming, this.#snapshot))
    this.#snapshotMicros += monotonicMicros() - before
    this.#marks.length = 0
  }

  #write(isComplete: boolean): void {
    this.#isComplete = isComplete
    const note: MemoryNote = {
      version: MEMORY_VERSION,
      worker: Number(process.env.JEST_WORKER_ID ?? 1),
      processId: process.pid,
      threadId,
      isComplete,
      peakBytes: process.resourceUsage().maxRSS * 1024,
      heapLimitBytes: getHeapStatistics().heap_size_limit,
      files: this.#files.map(({ sandbox: _, ...file }) => file),
      collections: this.#collections,
      collectionMicros: this.#collectionMicros,
      snapshot: this.#snapshot,
      withoutSnapshot: this.#withoutSnapshot,
      snapshotMicros: this.#snapshotMicros,
    }
    writeWhole(join(this.#incoming, memoryNoteName(process.pid, threadId)), JSON.stringify(note))
  }
}

function after(ms: number, what: () => void): NodeJS.Timeout {
  // It does not keep the process alive. An error in a timer would end the worker.
  return setRealTimeout(() => withoutThrowing(what), ms).unref()
}

// Module state: the files of a process, one after the other.
let current: { incoming: string; watch: SandboxWatch } | undefined

/** The watch of this process for a run; `incoming`: the run's folder for new recordings. */
export function sandboxWatch(incoming: string): SandboxWatch {
  if (current?.incoming !== incoming) {
    current = { incoming, watch: new SandboxWatch(incoming) }
    finishAtExit(current.watch)
  }
  return current.watch
}

// A separate function, because a listener keeps alive the scope of closures beside it.
function finishAtExit(watch: SandboxWatch): void {
  process.once('exit', () => withoutThrowing(() => watch.finishInHaste()))
}

/** Undefined if no test file of this process is watched in that run. */
export function watchOf(incoming: string): SandboxWatch | undefined {
  return current?.incoming === incoming ? current.watch : undefined
}
