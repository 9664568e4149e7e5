// What is measured at the boundaries of phases, tests and hooks: the thread's own clock, and the heap.

import { getHeapStatistics } from 'node:v8'
import type { HeapUse, ThreadClock } from '../../recording/recording.js'
import { monotonicMicros, threadCpuMicros } from '../clock.js'

/**
 * Microseconds. Linux counts at each tick of its scheduler, of which most kernels have 250 a second; Windows 64 a second.
 * https://www.kernel.org/doc/html/latest/timers/no_hz.html, https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-getthreadtimes
 */
const STEPS: Readonly<Record<string, number>> = { linux: 4000, win32: 15_625 }

/** The thread's own clock: between any two boundaries it shows for how long the thread really ran. */
export class ClockLog {
  readonly #time: number[] = []
  readonly #cpu: number[] = []

  /** Cheap, because it runs at every boundary between tests. */
  tick(): void {
    const cpu = threadCpuMicros()
    if (cpu === undefined) return
    this.#cpu.push(cpu)
    this.#time.push(monotonicMicros())
  }

  /** Times since `start`; null where the clock is unknown. */
  columns(start: number): ThreadClock | null {
    if (this.#time.length === 0) return null
    const step = STEPS[process.platform] ?? 0
    return { step, time: this.#time.map(time => time - start), cpu: this.#cpu }
  }
}

/** How much of V8's heap is in use where tests begin and end: what a test leaves behind shows as a step that stays. */
export class HeapLog {
  readonly #heap: HeapUse = { time: [], usedBytes: [] }

  /** Takes some 0.3 µs: V8 knows the value, and collects nothing for it. */
  note(): void {
    this.#heap.time.push(monotonicMicros())
    this.#heap.usedBytes.push(getHeapStatistics().used_heap_size)
  }

  /** Times since `start`. */
  columns(start: number): HeapUse {
    const { time, usedBytes } = this.#heap
    return { time: time.map(time => time - start), usedBytes }
  }
}
