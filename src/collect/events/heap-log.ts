// How much of V8's heap is in use where tests begin and end: what a test leaves behind shows as a step that stays.

import { getHeapStatistics } from 'node:v8'
import type { HeapUse } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'

export class HeapLog {
  readonly #heap: HeapUse = { time: [], usedBytes: [] }

  /** Some 0.3 µs: V8 knows the figure, and collects nothing for it. */
  note(): void {
    this.#heap.time.push(monotonicMicros())
    this.#heap.usedBytes.push(getHeapStatistics().used_heap_size)
  }

  /** Times since `start`. */
  columns(start: number): HeapUse {
    const { time, usedBytes } = this.#heap
    return { time: time.map(moment => moment - start), usedBytes }
  }
}
