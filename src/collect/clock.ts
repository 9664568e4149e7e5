// The clocks of a recording, taken when this module is loaded: a test that replaces them later does not reach us.

import { isMainThread } from 'node:worker_threads'
import { schedulerClock } from './scheduler-clock.js'

const { hrtime } = process
const { now } = Date
const usage = process.cpuUsage.bind(process)
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
 * Microseconds for which this process has run so far, in all of its threads: V8 compiles and collects garbage in some of
 * them. Of a thread that has others of Jest's beside it, those of that thread alone.
 */
export function workMicros(): number {
  if (!isMainThread) return threadCpuMicros() ?? monotonicMicros()
  const { user, system } = usage()
  return user + system
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
