// The thread's own clock at the borders of phases, tests and hooks: between any two it tells for how long it really ran.

import type { ThreadClock } from '../../recording/recording.js'
import { monotonicMicros, threadCpuMicros } from '../clock.js'

/**
 * Microseconds. Linux counts at each tick of its scheduler, of which most kernels have 250 a second; Windows 64 a second.
 * https://www.kernel.org/doc/html/latest/timers/no_hz.html, https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-getthreadtimes
 */
const STEPS: Readonly<Record<string, number>> = { linux: 4000, win32: 15_625 }

export class ClockLog {
  readonly #time: number[] = []
  readonly #cpu: number[] = []

  /** Cheap, for it runs at every boundary between tests. */
  tick(): void {
    const cpu = threadCpuMicros()
    if (cpu === undefined) return
    this.#cpu.push(cpu)
    this.#time.push(monotonicMicros())
  }

  /** Times since `start`; null where Node cannot tell. */
  columns(start: number): ThreadClock | null {
    if (this.#time.length === 0) return null
    const step = STEPS[process.platform] ?? 0
    return { step, time: this.#time.map(moment => moment - start), cpu: this.#cpu }
  }
}
