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
// Opens a file: in this thread, and only when it is first needed.
let clockOfScheduler: ReturnType<typeof schedulerClock> | undefined

/** Microseconds for which this thread has run so far; undefined where neither Node nor the system reports it. */
export function threadCpuMicros(): number | undefined {
  if (threadUsage === undefined) {
    clockOfScheduler ??= schedulerClock()
    return clockOfScheduler()
  }
  const { user, system } = threadUsage()
  return user + system
}

/**
 * Microseconds for which this process has run so far, in all of its threads, because V8 compiles and collects garbage in some of
 * them; in a worker thread only those of that thread.
 */
export function workMicros(): number {
  if (!isMainThread) return threadCpuMicros() ?? monotonicMicros()
  const { user, system } = usage()
  return user + system
}

/** One point in time on both clocks. */
export interface ClockReading {
  /** Milliseconds since the epoch. */
  readonly epochMs: number
  /** On the monotonic clock. */
  readonly micros: number
}

export function readClocks(): ClockReading {
  return { epochMs: now(), micros: monotonicMicros() }
}

/**
 * Milliseconds since the epoch at a time of the monotonic clock, which all processes of a machine share, even if the wall clock was
 * set since `known`.
 */
export function epochMsAt(micros: number, known: ClockReading): number {
  return known.epochMs + (micros - known.micros) / 1000
}
