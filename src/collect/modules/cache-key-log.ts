// The cache keys that transformers computed for a few of the files that missed Jest's cache. Keys of the same file from two processes
// or two runs show whether the cache can ever be warm.

import { createHash } from 'node:crypto'
import type { CacheMiss } from '../../jest/runtime-observer.js'
import { getOrMake } from '../../profile/columns.js'
import type { CacheKey } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'

/** Files for each transformer, chosen by a hash of their paths: every process chooses the same. */
const MOST_FILES = 5
/** Microseconds after which a transformer is not asked for more keys: some start a process for each key. */
const LONGEST_ASKING = 20_000

// Module state: the transformers that this process asked for their keys again.
const asked = new Set<string>()

export class CacheKeyLog {
  /** The chosen files by transformer, in the order of their hashes. */
  readonly #chosen = new Map<string, { rank: string; miss: CacheMiss }[]>()

  missed(miss: CacheMiss): void {
    const chosen = getOrMake(this.#chosen, miss.transformer, () => [])
    chosen.push({ rank: hash(miss.path), miss })
    chosen.sort((a, b) => (a.rank < b.rank ? -1 : 1))
    if (chosen.length > MOST_FILES) chosen.pop()
  }

  /** Returns the keys. Asks transformers that this process has not asked yet for their keys again, which runs the user's code. */
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
