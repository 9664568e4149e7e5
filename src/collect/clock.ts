// The clocks of a recording. Their functions are read when this module is loaded, before a test can replace them.

import { isMainThread } from 'node:worker_threads'
import { schedulerClock } from './scheduler-clock.js'

const { hrtime } = process
const { now } = Date
const usage = process.cpuUsage.bind(process)
const nanoseconds = hrtime.bigint.bind(hrtime)

/** Microseconds on the monotonic clock, which V8's samples have, too. */
export function monotonicMicros(): number {
  return Math.floor(Number(nanoseconds()) / 1000)
}

type CpuUsage = () => { user: number; system: number }

// From Node 22.19 and 24 on: https://nodejs.org/api/process.html#processthreadcpuusagepreviousvalue
const { threadCpuUsage } = process as unknown as { threadCpuUsage?: CpuUsage }
const threadUsage = threadCpuUsage?.bind(process)
// Opens a file, so it is created on first use, in this thread.
let clockOfScheduler: ReturnType<typeof schedulerClock> | undefined

/** CPU time of this thread in microseconds; undefined if neither Node nor the system reports it. */
export function threadCpuMicros(): number | undefined {
  if (threadUsage === undefined) {
    clockOfScheduler ??= schedulerClock()
    return clockOfScheduler()
  }
  const { user, system } = threadUsage()
  return user + system
}

/** CPU time in microseconds: of the process, some of whose threads V8 compiles and collects garbage in; of a worker thread, its own. */
export function workMicros(): number {
  if (!isMainThread) return threadCpuMicros() ?? monotonicMicros()
  const { user, system } = usage()
  return user + system
}

/** One point in time on both clocks. */
export interface ClockReading {
  /** Milliseconds since the epoch. */
  readonly epochMs: number
  /** Microseconds on the monotonic clock. */
  readonly micros: number
}

export function readClocks(): ClockReading {
  return { epochMs: now(), micros: monotonicMicros() }
}

/** Converts a monotonic timestamp to milliseconds since the epoch, even if the wall clock was set since `known`, in any process. */
export function epochMsAt(micros: number, known: ClockReading): number {
  return known.epochMs + (micros - known.micros) / 1000
}
