// The thread's own clock at the borders of phases, tests and hooks: between any two it tells for how long it really ran.

import { monotonicMicros, threadCpuMicros } from '../clock.js'
import type { ThreadClock } from '../recording.js'

export class ClockLog {
  readonly #clock: ThreadClock = { time: [], cpu: [] }

  /** Cheap, for it runs at every boundary between tests. */
  tick(): void {
    const cpu = threadCpuMicros()
    if (cpu === undefined) return
    this.#clock.cpu.push(cpu)
    this.#clock.time.push(monotonicMicros())
  }

  /** Times since `start`; null where Node cannot tell. */
  columns(start: number): ThreadClock | null {
    const { time, cpu } = this.#clock
    return time.length === 0 ? null : { time: time.map(moment => moment - start), cpu }
  }
}
