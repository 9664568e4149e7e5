// For how long a thread has run, from Linux itself: this thread, for versions of Node that do not say, and V8's sampler.
// https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html

import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'

const SCHEDULE_OF_THREAD = '/proc/thread-self/schedstat'

/**
 * A clock of microseconds, of the calling thread unless another one's file is given. It returns undefined when that thread has
 * ended, and always on other systems and where the kernel does not count.
 */
export function schedulerClock(path = SCHEDULE_OF_THREAD): () => number | undefined {
  const file = ifThere(() => openSync(path, 'r'))
  if (file === undefined) return () => undefined
  // It stays open, because opening it takes ten times as long as reading it.
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

/** Undefined: no Linux, or one that hides it, or the thread has ended. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

const THREADS = '/proc/self/task'
/** https://github.com/v8/v8/blob/13.6.233/src/profiler/cpu-profiler.cc (ProfilerEventsProcessor), cut off by Linux. */
const SAMPLER = 'v8:ProfEvntProc'

/** Ids of this process's threads that are samplers of V8; none where they are unknown. Each session of each thread has one. */
export function listSamplers(threads = THREADS): string[] {
  const ids = ifThere(() => readdirSync(threads)) ?? []
  return ids.filter(id => ifThere(() => readFileSync(`${threads}/${id}/comm`, 'utf8').trim()) === SAMPLER)
}

/**
 * A clock of microseconds of the one sampler that was added since the others were listed: it makes call trees of the samples, and
 * handles the log of every function that is compiled. Returns undefined where that thread is unknown.
 */
export function samplerClock(others: readonly string[], threads = THREADS): () => number | undefined {
  const [added, ...more] = listSamplers(threads).filter(id => !others.includes(id))
  if (added === undefined || more.length > 0) return () => undefined
  return schedulerClock(`${threads}/${added}/schedstat`)
}
