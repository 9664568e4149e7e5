// In a thread beside one that runs tests: notes where that is when its heap comes near its limit, and which functions allocated most.
// A process or thread that dies out of memory can say nothing any more, and in an endless loop its own timers never fire.

import { readFileSync, writeFileSync } from 'node:fs'
import { parseActivity } from '../../recording/activity.js'
import { HEAP_EXTENSION, type HeapNote, type NotedFunction } from '../../recording/heap-note.js'
import type { Whereabouts } from '../../recording/whereabouts.js'
import { ask } from '../stalls/asking.js'
import { type ConnectToTests, connectToMainThread, type TestThread } from '../stalls/test-thread.js'
import type { NotePaths } from '../stalls/whereabouts-note.js'
import { allocatingFunctions } from './allocating-functions.js'
import type { V8HeapProfile } from './heap-sampler.js'

/** How often to look: a test can fill the rest of a small heap in a second. */
const POLL_MS = 200
/** Of the limit. */
const NEAR = 0.75
/** Of V8's limit, which is that of all spaces, the young generation takes three semispaces, and is never full of what stays. Their default size in MiB, by version of Node. */
const SEMISPACES: Readonly<Record<string, number>> = { 20: 16, 22: 16, 24: 64, 26: 32 }
const LARGEST_SEMISPACE = 64
/** Reading samples makes V8 collect all garbage, which takes a second for half a gigabyte: it may take this share of the time, and is done where the heap has grown by a quarter. */
const MOST_OF_TIME = 0.05
const GROWN = 1.25
const MOST_FUNCTIONS = 3

type NotedAllocations = Pick<HeapNote, 'allocatedBytes' | 'functions'>

export class HeapWatch {
  /** Path of the process's note of what it does. */
  readonly #activityPath: string
  readonly #limitBytes: number
  readonly #nearBytes: number
  readonly #connect: ConnectToTests
  #allocating: NotedAllocations = { allocatedBytes: 0, functions: [] }
  #readNextMs = 0
  #readNextBytes = 0
  #testPath = ''

  constructor(
    { activity }: Pick<NotePaths, 'activity'>,
    limitBytes: number,
    connect: ConnectToTests = connectToMainThread,
  ) {
    this.#connect = connect
    this.#activityPath = activity
    this.#limitBytes = limitBytes
    const semispace = SEMISPACES[process.versions.node.split('.', 1)[0] ?? ''] ?? LARGEST_SEMISPACE
    this.#nearBytes = NEAR * Math.max(limitBytes - 3 * semispace * 2 ** 20, limitBytes / 3)
  }

  /**
   * Looks again and again, until the thread has ended. The timer also keeps this thread alive while it waits for an answer, which a session
   * does not.
   */
  start(failed: (error: unknown) => void = rethrown): NodeJS.Timeout {
    let isLooking = false
    const timer = setInterval(() => {
      if (isLooking) return
      isLooking = true
      this.#look()
        .then(isOver => {
          if (isOver) clearInterval(timer)
        }, failed)
        .finally(() => {
          isLooking = false
        })
    }, POLL_MS)
    return timer
  }

  /** Whether the thread has ended. */
  async #look(): Promise<boolean> {
    // The whole process, and so no less than its heap. This alone costs the tests nothing.
    if (process.memoryUsage.rss() < this.#nearBytes) return false
    const thread = await this.#connect()
    if (thread === undefined) return true
    try {
      await this.#lookAt(thread)
      return false
    } finally {
      thread.close()
    }
  }

  async #lookAt(thread: TestThread): Promise<void> {
    const { usedSize } = await thread.post<{ usedSize: number }>('Runtime.getHeapUsage')
    if (usedSize < this.#nearBytes) return
    const activity = this.#activity()
    const whereabouts = await ask<Whereabouts>(thread, { saves: false })
    if (activity === undefined || activity.doing === 'idle' || whereabouts === undefined) return
    if (activity.testPath !== this.#testPath) this.#begin(activity.testPath)
    const note = { sinceMs: activity.sinceMs, usedBytes: usedSize, whereabouts }
    // First what is known at once: the process may die while V8 reads samples.
    this.#write(note)
    if (Date.now() < this.#readNextMs && usedSize < this.#readNextBytes) return
    this.#readNextBytes = GROWN * usedSize
    await this.#readSamples(thread)
    this.#write(note)
  }

  /** Samples are those of one test file. */
  #begin(testPath: string): void {
    this.#testPath = testPath
    this.#allocating = { allocatedBytes: 0, functions: [] }
    this.#readNextBytes = 0
  }

  async #readSamples(thread: TestThread): Promise<void> {
    const before = Date.now()
    const profile = await samplesOf(thread)
    this.#readNextMs = Date.now() + (Date.now() - before) / MOST_OF_TIME
    if (profile === undefined) return
    const { allocatedBytes, functions } = allocatingFunctions(profile, MOST_FUNCTIONS)
    const described = await ask<NotedFunction[]>(thread, { calls: functions })
    this.#allocating = { allocatedBytes, functions: described ?? [] }
  }

  #activity() {
    try {
      return parseActivity(readFileSync(this.#activityPath, 'utf8'))
    } catch {
      // The folder is gone: the run has ended, or a test removed it, which the run says.
      return undefined
    }
  }

  #write(note: Omit<HeapNote, 'limitBytes' | keyof NotedAllocations>): void {
    const whole: HeapNote = { ...note, limitBytes: this.#limitBytes, ...this.#allocating }
    try {
      writeFileSync(`${this.#activityPath}${HEAP_EXTENSION}`, JSON.stringify(whole))
    } catch {
      // As above.
    }
  }
}

function rethrown(error: unknown): never {
  throw error
}

/**
 * Undefined where nothing was sampled so far: in a test file whose samples would not be read at its end, between two test files, and where
 * something else samples the heap, which the report says.
 */
async function samplesOf(thread: TestThread): Promise<V8HeapProfile | undefined> {
  try {
    return (await thread.post<{ profile: V8HeapProfile }>('HeapProfiler.getSamplingProfile')).profile
  } catch {
    await ask(thread, { samples: 'allocations' })
    return undefined
  }
}
