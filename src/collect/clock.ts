// The clocks of a recording, taken when this module is loaded: a test that replaces them later does not reach us.

import { schedulerClock } from './scheduler-clock.js'

const { hrtime } = process
const { now } = Date
const nanoseconds = hrtime.bigint.bind(hrtime)

/** Microseconds on the monotonic clock that V8 stamps its samples with. */
export function monotonicMicros(): number {
  return Math.floor(Number(nanoseconds()) / 1000)
}

type CpuUsage = () => { user: number; system: number }

// From Node 22.19 and 24 on: https://nodejs.org/api/process.html#processthreadcpuusagepreviousvalue
const { threadCpuUsage } = process as unknown as { threadCpuUsage?: CpuUsage }
const threadUsage = threadCpuUsage?.bind(process)
// Of a file that is opened for it: in this thread, and only where it is asked.
let ofScheduler: ReturnType<typeof schedulerClock> | undefined

/** Microseconds for which this thread has run so far; undefined where neither Node nor the system tells. */
export function threadCpuMicros(): number | undefined {
  if (threadUsage === undefined) {
    ofScheduler ??= schedulerClock()
    return ofScheduler()
  }
  const { user, system } = threadUsage()
  return user + system
}

/**
 * Microseconds that this thread has worked so far, or else that have passed: of use in differences alone. What waits for a
 * core has cost nothing yet.
 */
export function workMicros(): number {
  ofScheduler ??= schedulerClock()
  return ofScheduler() ?? threadCpuMicros() ?? monotonicMicros()
}

/** Milliseconds since the epoch. */
export function epochMs(): number {
  return now()
}
