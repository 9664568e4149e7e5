// What Linux itself tells of a thread, for versions of Node that do not: for how long it has run.
// https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html

import { closeSync, openSync, readSync } from 'node:fs'

const SCHEDULE_OF_THREAD = '/proc/thread-self/schedstat'

/**
 * In microseconds, of the thread that calls this unless another one's file is given; undefined when that thread has ended,
 * and always on other systems, and where the kernel does not count.
 */
export function schedulerClock(path = SCHEDULE_OF_THREAD): () => number | undefined {
  const file = openIfThere(path)
  if (file === undefined) return () => undefined
  // It stays open, for opening it takes ten times as long as reading.
  const text = Buffer.alloc(64)
  const ranMicros = () => {
    const told = contentOf(file, text)
    return told === undefined ? undefined : Math.floor(Number.parseInt(told, 10) / 1000)
  }
  if ((ranMicros() ?? 0) > 0) return ranMicros
  closeSync(file)
  return () => undefined
}

function contentOf(file: number, into: Buffer): string | undefined {
  try {
    return into.toString('latin1', 0, readSync(file, into, 0, into.length, 0))
  } catch {
    // The thread has ended.
    return undefined
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch {
    // No Linux, or one that hides it.
    return undefined
  }
}
