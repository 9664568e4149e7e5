// The clocks of a recording, read when this module is loaded, before a test can replace them. Linux has clocks of other threads, too.

import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

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
let clockOfScheduler: SchedulerClock | undefined

/** CPU time of this thread in microseconds; undefined if neither Node nor the system reports it. */
export function threadCpuMicros(): number | undefined {
  if (threadUsage === undefined) return threadSchedule()?.ran
  const { user, system } = threadUsage()
  return user + system
}

/** As the system's scheduler counts for this thread; undefined if it does not. */
export function threadSchedule(): Schedule | undefined {
  clockOfScheduler ??= schedulerClock()
  return clockOfScheduler()
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

/** Milliseconds since the epoch. */
export function nowMs(): number {
  return now()
}

export function readClocks(): ClockReading {
  return { epochMs: now(), micros: monotonicMicros() }
}

/** Converts a monotonic timestamp to milliseconds since the epoch, even if the wall clock was set since `known`, in any process. */
export function epochMsAt(micros: number, known: ClockReading): number {
  return known.epochMs + (micros - known.micros) / 1000
}

const SCHEDULE_OF_THREAD = '/proc/thread-self/schedstat'

/** Microseconds in which a thread ran, and in which it could run but had no core. */
interface Schedule {
  readonly ran: number
  readonly delayed: number
}

type SchedulerClock = () => Schedule | undefined

/**
 * Returns the clock of a thread, undefined when the thread has ended and on systems without statistics:
 * https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
 */
export function schedulerClock(path = SCHEDULE_OF_THREAD): SchedulerClock {
  const file = ifThere(() => openSync(path, 'r'))
  if (file === undefined) return () => undefined
  // The file stays open, because opening takes ten times as long as reading.
  const text = Buffer.alloc(64)
  const content = () => text.toString('latin1', 0, readSync(file, text, 0, text.length, 0))
  const schedule = () => {
    const [ran, delayed] = ifThere(content)?.split(' ', 2).map(toMicros) ?? []
    return ran === undefined || delayed === undefined ? undefined : { ran, delayed }
  }
  // A thread that reads its own clock has run, unless the kernel does not count.
  if ((schedule()?.ran ?? 0) > 0) return schedule
  closeSync(file)
  return () => undefined
}

function toMicros(nanoseconds: string): number {
  return Math.floor(Number.parseInt(nanoseconds, 10) / 1000)
}

/** Returns undefined if the file does not exist or cannot be read: on other systems, or when the thread has ended. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

const THREADS = '/proc/self/task'
/** https://github.com/v8/v8/blob/13.6.233/src/profiler/cpu-profiler.cc (ProfilerEventsProcessor), truncated by Linux. */
const SAMPLER = 'v8:ProfEvntProc'

/** Returns the ids of V8's sampler threads in this process, one for each session; empty if unknown. */
export function listSamplers(threads = THREADS): string[] {
  const ids = ifThere(() => readdirSync(threads)) ?? []
  return ids.filter(id => ifThere(() => readFileSync(`${threads}/${id}/comm`, 'utf8').trim()) === SAMPLER)
}

/**
 * Returns a clock of the CPU time of the one sampler thread that is not among `others`, in microseconds. This thread builds call trees
 * from samples, and handles the log of compiled functions. The clock returns undefined if the thread is unknown.
 */
export function samplerClock(others: readonly string[], threads = THREADS): () => number | undefined {
  const [added, ...more] = listSamplers(threads).filter(id => !others.includes(id))
  if (added === undefined || more.length > 0) return () => undefined
  const clock = schedulerClock(`${threads}/${added}/schedstat`)
  return () => clock()?.ran
}
