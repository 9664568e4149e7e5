// Keeps the heap of a command that reads thousands of recordings near what is alive in it. V8 lets one that fills fast grow
// to three times that before it collects all of it, which made merging a large suite half as big again.

import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Garbage, or what has come to stay, since the last collection; one takes some 20 ms for each 100 MB that are alive. */
const MOST_GROWTH = 64 * 1024 * 1024

/** Returns what is to be called between two pieces of work. */
export function garbageCollector(mostGrowth = MOST_GROWTH): () => void {
  let alive = usedBytes()
  let collect: (() => void) | undefined
  return () => {
    if (usedBytes() < alive + mostGrowth) return
    collect ??= exposed()
    collect()
    alive = usedBytes()
  }
}

/** Documented for tests of finalizers: https://nodejs.org/api/v8.html#v8setflagsfromstringflags */
function exposed(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}

function usedBytes(): number {
  return getHeapStatistics().used_heap_size
}
