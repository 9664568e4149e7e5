// CPU time of threads, read from Linux: of this thread, for versions of Node that do not report it, and of V8's sampler.
// https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html

import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'

const SCHEDULE_OF_THREAD = '/proc/thread-self/schedstat'

/**
 * Returns a clock of a thread's CPU time in microseconds, by default of the calling thread. The clock returns undefined when the
 * thread has ended, and always on other systems and if the kernel keeps no statistics.
 */
export function schedulerClock(path = SCHEDULE_OF_THREAD): () => number | undefined {
  const file = ifThere(() => openSync(path, 'r'))
  if (file === undefined) return () => undefined
  // The file stays open, because opening takes ten times as long as reading.
  const text = Buffer.alloc(64)
  const content = () => text.toString('latin1', 0, readSync(file, text, 0, text.length, 0))
  const ranMicros = () => {
    const nanoseconds = ifThere(content)
    return nanoseconds === undefined ? undefined : Math.floor(Number.parseInt(nanoseconds, 10) / 1000)
  }
  if ((ranMicros() ?? 0) > 0) return ranMicros
  closeSync(file)
  return () => undefined
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
  return schedulerClock(`${threads}/${added}/schedstat`)
}
