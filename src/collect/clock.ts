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

/** A moment by both clocks. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly epochMs: number
  /** On the monotonic clock. */
  readonly micros: number
}

export function thisMoment(): Moment {
  return { epochMs: now(), micros: monotonicMicros() }
}

/**
 * Milliseconds since the epoch at a moment of the monotonic clock, which all processes of a machine share; whatever the
 * clock on the wall has been set to since `known`.
 */
export function epochMsAt(micros: number, known: Moment): number {
  return known.epochMs + (micros - known.micros) / 1000
}
