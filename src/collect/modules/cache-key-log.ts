// The cache keys that transformers computed for a few of the files that were not in Jest's cache. Keys of the same file from two
// processes or two runs show whether that cache can ever be warm.

import { createHash } from 'node:crypto'
import type { CacheMiss } from '../../jest/runtime-observer.js'
import type { CacheKey } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'

/** Files of each transformer. They are chosen by a hash of their paths, so that every process chooses the same. */
const MOST_FILES = 5
/** Microseconds for which a transformer is asked again. One that starts a process for each key is asked once. */
const LONGEST_ASKING = 20_000

// Module state: a transformer is asked again once in a process.
const asked = new Set<string>()

export class CacheKeyLog {
  /** By transformer. */
  readonly #chosen = new Map<string, { rank: string; miss: CacheMiss }[]>()

  missed(miss: CacheMiss): void {
    const chosen = this.#chosen.get(miss.transformer) ?? []
    this.#chosen.set(miss.transformer, chosen)
    chosen.push({ rank: hash(miss.path), miss })
    chosen.sort((a, b) => (a.rank < b.rank ? -1 : 1))
    if (chosen.length > MOST_FILES) chosen.pop()
  }

  /** Asks each transformer that is new to this process for its keys again, which runs the user's code. */
  keys(): CacheKey[] {
    return [...this.#chosen].flatMap(([transformer, chosen]) => {
      const isNew = !asked.has(transformer)
      asked.add(transformer)
      const start = monotonicMicros()
      return chosen.map(({ miss }) => {
        const mayAsk = isNew && monotonicMicros() - start < LONGEST_ASKING
        const again = (mayAsk ? miss.askAgain() : undefined) ?? null
        return { transformer, path: miss.path, input: hash(miss.input()), key: miss.key, again }
      })
    })
  }
}

function hash(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 16)
}
