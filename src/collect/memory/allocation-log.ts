// How much a test file allocates between the boundaries of its phases, hooks and tests, and by which functions. How much is counted: the
// heap's growth, and what garbage collections took from it. By which functions is sampled.

import { GCProfiler, getHeapSpaceStatistics } from 'node:v8'
import type { Allocations } from '../../recording/recording.js'
import type { CallTreeColumns } from '../call-tree-columns.js'
import { monotonicMicros } from '../clock.js'
import { jestProfilerMeasuresAllocations, marker } from './allocation-marks.js'
import { type HeapSampler, heapSampler, INTERVAL_BYTES } from './heap-sampler.js'
import { spanSamples } from './span-samples.js'

/** Below, what is allocated between two boundaries has too few samples to tell functions. */
const MARK_AFTER_BYTES = 8 * INTERVAL_BYTES

export class AllocationLog {
  readonly #sampler: HeapSampler
  readonly #isSampled: boolean
  readonly #mark = marker()
  /** The end of each span of time, and the bytes that were allocated in it. */
  readonly #end: number[] = []
  readonly #bytes: number[] = []
  readonly #functionSpans: number[] = []
  readonly #code: unknown[] = []
  #isInFunction = false
  /** By mark: the number of spans before it. */
  readonly #spansBefore: number[] = [0]
  #sinceMark = 0
  #base: SpaceBytes = []
  #collections = new GCProfiler()
  readonly #measuring: ReturnType<typeof jestProfilerMeasuresAllocations>

  /** Throws an Error if V8 cannot sample. */
  constructor() {
    this.#sampler = heapSampler()
    this.#measuring = jestProfilerMeasuresAllocations(() => this.#measure())
    this.#isSampled = this.#sampler.begin()
    this.#begin()
  }

  /** Keeps compiled code until the file ends: a sample of code that was collected has no file. Jest drops that of a module that has run. */
  readonly keepCode = (code: unknown): void => {
    if (this.#isSampled) this.#code.push(code)
  }

  /** For whoever reads samples while the file goes on. */
  sampleNow(): void {
    this.#sampler.beginNow()
  }

  /** A phase, hook or test begins or ends. */
  boundary(): void {
    if (this.#measuring.next().done) throw new Error('what was allocated could not be measured before')
  }

  functionBegins(): void {
    this.boundary()
    this.#isInFunction = true
  }

  functionEnds(): void {
    if (!this.#isInFunction) return
    this.boundary()
    this.#isInFunction = false
  }

  /** Ends the file. Adds to the call tree. Times since `start`. */
  columns(start: number, tree: CallTreeColumns): Allocations {
    this.#collections.stop()
    const profile = this.#sampler.end()
    this.#code.length = 0
    return {
      intervalBytes: INTERVAL_BYTES,
      spans: { end: this.#end.map(end => Math.max(0, Math.round(end - start))), bytes: this.#bytes },
      functionSpans: this.#functionSpans,
      samples:
        profile === null
          ? null
          : spanSamples(profile, tree, { bytes: this.#bytes, before: this.#spansBefore }),
    }
  }

  #begin(): void {
    this.#collections = new GCProfiler()
    this.#collections.start()
    this.#base = usedBySpace()
  }

  #measure(): void {
    const used = usedBySpace()
    const { statistics } = this.#collections.stop()
    let [bytes, before] = [0, this.#base]
    for (const { beforeGC, afterGC } of statistics) {
      bytes += growth(before, bytesOf(beforeGC))
      before = bytesOf(afterGC)
    }
    bytes += growth(before, used)
    if (this.#isInFunction) this.#functionSpans.push(this.#end.length)
    this.#end.push(monotonicMicros())
    this.#bytes.push(bytes)
    this.#sinceMark += bytes
    if (this.#isSampled && this.#sinceMark >= MARK_AFTER_BYTES) {
      this.#mark()
      this.#spansBefore.push(this.#end.length)
      this.#sinceMark = 0
    }
    this.#begin()
  }
}

/** Bytes in each of V8's spaces, always in the same order. */
type SpaceBytes = readonly number[]

function usedBySpace(): SpaceBytes {
  return getHeapSpaceStatistics().map(({ space_used_size: used }) => used)
}

function bytesOf({
  heapSpaceStatistics,
}: {
  heapSpaceStatistics: readonly { readonly spaceUsedSize: number }[]
}): SpaceBytes {
  return heapSpaceStatistics.map(({ spaceUsedSize }) => spaceUsedSize)
}

/** Between two collections a space grows by what is allocated. It only seems to shrink, when V8 sweeps it after a collection. */
function growth(before: SpaceBytes, after: SpaceBytes): number {
  return after.reduce((sum, bytes, space) => sum + Math.max(0, bytes - (before[space] ?? 0)), 0)
}
