// In a thread beside a worker's tests: notes where the main thread is when its heap comes near its limit, and which functions allocated
// most. A process that dies out of memory can say nothing any more, and in an endless loop its own timers never fire.

import { readFileSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { parseActivity } from '../../recording/activity.js'
import { HEAP_EXTENSION, type HeapNote, type NotedFunction } from '../../recording/heap-note.js'
import type { Whereabouts } from '../../recording/whereabouts.js'
import { questionText } from '../stalls/main-thread.js'
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
  #session: Session | undefined
  #allocating: NotedAllocations = { allocatedBytes: 0, functions: [] }
  #readNextMs = 0
  #readNextBytes = 0
  #testPath = ''

  constructor({ activity }: Pick<NotePaths, 'activity'>, limitBytes: number) {
    this.#activityPath = activity
    this.#limitBytes = limitBytes
    const semispace = SEMISPACES[process.versions.node.split('.', 1)[0] ?? ''] ?? LARGEST_SEMISPACE
    this.#nearBytes = NEAR * Math.max(limitBytes - 3 * semispace * 2 ** 20, limitBytes / 3)
  }

  /** Looks again and again. The timer also keeps the thread alive while it waits for an answer, which a session does not. */
  start(): void {
    let isLooking = false
    setInterval(() => {
      if (isLooking) return
      isLooking = true
      void this.#look().finally(() => {
        isLooking = false
      })
    }, POLL_MS)
  }

  async #look(): Promise<void> {
    // The whole process, and so no less than its heap. This alone costs the main thread nothing.
    if (process.memoryUsage.rss() < this.#nearBytes) return
    const { usedSize } = await this.#post<{ usedSize: number }>('Runtime.getHeapUsage')
    if (usedSize < this.#nearBytes) return
    const activity = this.#activity()
    const whereabouts = await this.#ask<Whereabouts>(questionText({ saves: false }))
    if (activity === undefined || activity.doing === 'idle' || whereabouts === undefined) return
    if (activity.testPath !== this.#testPath) this.#begin(activity.testPath)
    const note = { sinceMs: activity.sinceMs, usedBytes: usedSize, whereabouts }
    // First what is known at once: the process may die while V8 reads samples.
    this.#write(note)
    if (Date.now() < this.#readNextMs && usedSize < this.#readNextBytes) return
    this.#readNextBytes = GROWN * usedSize
    await this.#readSamples()
    this.#write(note)
  }

  /** Samples are those of one test file. */
  #begin(testPath: string): void {
    this.#testPath = testPath
    this.#allocating = { allocatedBytes: 0, functions: [] }
    this.#readNextBytes = 0
  }

  async #readSamples(): Promise<void> {
    const before = Date.now()
    const profile = await this.#samples()
    this.#readNextMs = Date.now() + (Date.now() - before) / MOST_OF_TIME
    if (profile === undefined) return
    const { allocatedBytes, functions } = allocatingFunctions(profile, MOST_FUNCTIONS)
    const described = await this.#ask<NotedFunction[]>(questionText({ calls: functions }))
    this.#allocating = { allocatedBytes, functions: described ?? [] }
  }

  /** Undefined where nothing was sampled so far: in a test file whose samples would not be read at its end, between two test files, and where something else samples the heap, which the report says. */
  async #samples(): Promise<V8HeapProfile | undefined> {
    try {
      return (await this.#post<{ profile: V8HeapProfile }>('HeapProfiler.getSamplingProfile')).profile
    } catch {
      await this.#ask(questionText({ samples: 'allocations' }))
      return undefined
    }
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

  async #ask<T>(expression: string): Promise<T | undefined> {
    const asked = { expression, silent: true }
    const { result } = await this.#post<{ result?: { value?: unknown } }>('Runtime.evaluate', asked)
    return typeof result?.value === 'string' ? (JSON.parse(result.value) as T) : undefined
  }

  #post<T>(method: string, params: object = {}): Promise<T> {
    if (this.#session === undefined) {
      this.#session = new Session()
      this.#session.connectToMainThread()
    }
    const session = this.#session
    return new Promise((resolve, reject) => {
      session.post(method, params, (error, answer) => {
        if (error === null) resolve(answer as T)
        else reject(new Error(`${method}: ${error.message}`))
      })
    })
  }
}
