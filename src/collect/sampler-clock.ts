// What V8's sampler has run for so far, in a thread of its own: it makes call trees of the samples, and works off what is
// logged of every function that is compiled. Linux alone tells of single threads.

import { readdirSync, readFileSync } from 'node:fs'
import { schedulerClock } from './scheduler-clock.js'

const THREADS = '/proc/self/task'
/** https://github.com/v8/v8/blob/13.6.233/src/profiler/cpu-profiler.cc (ProfilerEventsProcessor), cut off by Linux. */
const SAMPLER = 'v8:ProfEvntProc'

/** Ids of this process's threads that are samplers; none where nobody tells. Each session of each thread has one. */
export function samplers(threads = THREADS): string[] {
  try {
    return readdirSync(threads).filter(id => isSampler(`${threads}/${id}`))
  } catch {
    // No Linux, or one that hides it.
    return []
  }
}

/** In microseconds, of the one sampler that has come since the others were listed; always undefined where it is not known. */
export function samplerClock(others: readonly string[], threads = THREADS): () => number | undefined {
  const [added, ...more] = samplers(threads).filter(id => !others.includes(id))
  if (added === undefined || more.length > 0) return () => undefined
  return schedulerClock(`${threads}/${added}/schedstat`)
}

function isSampler(thread: string): boolean {
  try {
    return readFileSync(`${thread}/comm`, 'utf8').trim() === SAMPLER
  } catch {
    // It has just ended.
    return false
  }
}
