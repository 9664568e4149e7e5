// Measurements at the boundaries of phases, tests and hooks: the thread's CPU clock and the heap.

import { getHeapStatistics } from 'node:v8'
import type { HeapUse, ThreadClock } from '../../recording/recording.js'
import { monotonicMicros, threadCpuMicros } from '../clock.js'

/**
 * Microseconds between updates of a thread's clock. Linux updates it at each scheduler tick, 250 times a second in most kernels;
 * Windows 64 times a second.
 * https://www.kernel.org/doc/html/latest/timers/no_hz.html, https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-getthreadtimes
 */
const STEPS: Readonly<Record<string, number>> = { linux: 4000, win32: 15_625 }
/** The step of this system's clock, in microseconds. */
export function clockStep(): number {
  return STEPS[process.platform] ?? 0
}

/**
 * Boundaries that follow another one within this time share its measurements: one test's end and the next one's begin. In a suite of 2,000
 * small tests measuring took 3 % of its time, and the clock of most systems is only right to some milliseconds.
 */
const SHARED_MICROS = 200

/** What is recorded without a profile. Returns the thread's CPU time in microseconds, if it has read that. */
interface BoundaryObserver {
  boundary(now: number): number | undefined
}

/** Readings of the thread's CPU clock, which show for how long the thread ran between two boundaries. */
export class ClockLog {
  readonly #time: number[] = []
  readonly #cpu: number[] = []
  readonly #states: BoundaryObserver | undefined
  readonly #allocations: { boundary(): void } | undefined

  constructor(states?: BoundaryObserver, allocations?: { boundary(): void }) {
    this.#states = states
    this.#allocations = allocations
  }

  /** Cheap, because it runs at every boundary between tests. */
  tick(): void {
    this.#allocations?.boundary()
    const begun = monotonicMicros()
    if (begun - (this.#time.at(-1) ?? Number.NEGATIVE_INFINITY) < SHARED_MICROS) return
    const cpu = this.#states?.boundary(begun) ?? threadCpuMicros()
    const now = monotonicMicros()
    if (cpu === undefined) return
    this.#cpu.push(cpu)
    this.#time.push(now)
  }

  /** Times since `start`; null if the thread has no clock. */
  columns(start: number): ThreadClock | null {
    if (this.#time.length === 0) return null
    return { step: clockStep(), time: this.#time.map(time => time - start), cpu: this.#cpu }
  }
}

/** Heap use where tests begin and end: what a test leaks shows as a step that remains. */
export class HeapLog {
  readonly #heap: HeapUse = { time: [], usedBytes: [] }

  /** V8 keeps the value, and collects no garbage to compute it. */
  note(): void {
    const now = monotonicMicros()
    if (now - (this.#heap.time.at(-1) ?? Number.NEGATIVE_INFINITY) < SHARED_MICROS) return
    this.#heap.time.push(now)
    this.#heap.usedBytes.push(getHeapStatistics().used_heap_size)
  }

  /** Times since `start`. */
  columns(start: number): HeapUse {
    const { time, usedBytes } = this.#heap
    return { time: time.map(time => time - start), usedBytes }
  }
}
