// V8's sampling of what a process allocates, one session for each test file. Sampling takes a twentieth of the time of tests, and reading
// the samples makes V8 collect all garbage first, so it is done only where that is cheap enough; without it, it is still known how much
// was allocated.

import type { Session } from 'node:inspector'
import { createRequire } from 'node:module'
import { monotonicMicros } from '../clock.js'

/**
 * Bytes between two samples, on average. More samples cost the tests hardly more; reading them takes some 30 ms of CPU time for a
 * collection, and 80 ms for each thousand, because V8 hands over a tree with all their callers.
 */
export const INTERVAL_BYTES = 65_536

/** Reading may take this share of the time, after what is free: small runs are read completely. V8's other threads collect garbage for as long. */
const MOST_OF_TIME = 0.02
const FREE_MICROS = 500_000

/** The fields that we read of https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#type-SamplingHeapProfile. Lines and columns are 0-based (-1: unknown). */
export interface V8HeapProfile {
  readonly head: V8HeapNode
  readonly samples: readonly { readonly size: number; readonly nodeId: number; readonly ordinal: number }[]
}

export interface V8HeapNode {
  readonly id: number
  readonly callFrame: {
    readonly functionName: string
    readonly url: string
    readonly lineNumber: number
    readonly columnNumber: number
  }
  readonly children: readonly V8HeapNode[]
}

class HeapSampler {
  readonly #session: Session
  readonly #startedAt = monotonicMicros()
  #readMicros = 0
  #lastMicros = 0
  #sampling: 'no' | 'whole file' | 'rest of file' = 'no'

  constructor() {
    const inspector: typeof import('node:inspector') = createRequire(import.meta.url)('node:inspector')
    this.#session = new inspector.Session()
    this.#session.connect()
    this.#post('HeapProfiler.enable')
  }

  /** Begins where the samples can be read at the end. Returns whether it does. Throws an Error if something else samples the heap, such as `node --heap-prof`. */
  begin(): boolean {
    const free = FREE_MICROS + MOST_OF_TIME * (monotonicMicros() - this.#startedAt)
    const isCheap = this.#readMicros + this.#lastMicros <= free
    if (isCheap) this.#start('whole file')
    return isCheap
  }

  /** For whoever reads samples while the file goes on. The end of the file has none then. */
  beginNow(): void {
    if (this.#sampling === 'no') this.#start('rest of file')
  }

  #start(sampling: 'whole file' | 'rest of file'): void {
    this.#post('HeapProfiler.startSampling', {
      samplingInterval: INTERVAL_BYTES,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    })
    this.#sampling = sampling
  }

  /** Ends what `begin` began. Null: it did not. */
  end(): V8HeapProfile | null {
    const sampling = this.#sampling
    this.#sampling = 'no'
    if (sampling === 'no') return null
    if (sampling === 'rest of file') {
      this.#discard()
      return null
    }
    const before = monotonicMicros()
    const { profile } = this.#post('HeapProfiler.stopSampling') as { profile: V8HeapProfile }
    this.#lastMicros = monotonicMicros() - before
    this.#readMicros += this.#lastMicros
    return profile
  }

  #discard(): void {
    this.#post('HeapProfiler.disable')
    this.#post('HeapProfiler.enable')
  }

  // A session of the same thread answers before `post` returns.
  #post(method: string, params: object = {}): unknown {
    let failure: Error | null = null
    let answer: unknown
    this.#session.post(method, params, (error, result) => {
      failure = error
      answer = result
    })
    if (failure !== null) throw new Error(`${method}: ${(failure as Error).message}`)
    return answer
  }
}

export type { HeapSampler }

// Module state: V8 samples the heap of a thread once.
let current: HeapSampler | undefined

/** The sampler of this process or thread, which is opened on first use. Throws Node's error if Node was built without an inspector. */
export function heapSampler(): HeapSampler {
  current ??= new HeapSampler()
  return current
}
