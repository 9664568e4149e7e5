// What transformers' getCacheKey returned for a few of the files that were not in Jest's cache: whether that cache can
// ever be warm is told by keys of the same file, from two processes or two runs.

import { createHash } from 'node:crypto'
import type { CacheKey } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import type { Methods } from './method-wrapper.js'

/** Files of each transformer. They are chosen by a hash of their paths, so that every process chooses the same. */
const MOST_FILES = 5
/** Microseconds for which a transformer is asked again: one that runs a process for each key is asked once. */
const LONGEST_ASKING = 20_000

export interface BuiltResult {
  /** Jest's ScriptTransformer. */
  jests: JestsTransformer
  /** Absolute path of the transformer's module. */
  transformer: string
  path: string
  content: string
  options: object
  /** The transformer's own object, which computes the key. */
  keyed: Methods
  /** Ends in the key. */
  cacheFile: string
}

export interface JestsTransformer {
  readonly _config?: { readonly cache?: boolean }
  readonly _cache?: { readonly configString?: string }
  readonly _getCacheKey?: (content: string, path: string, options: object) => unknown
}

interface Chosen {
  rank: string
  built: BuiltResult
}

// Module state: what a transformer returns for the same file twice is asked once a process.
const asked = new Set<string>()

export class CacheKeyLog {
  readonly #chosen = new Map<string, Chosen[]>()

  /** A file was transformed because the cache had no result of that key. */
  built(built: BuiltResult): void {
    // Without a cache nothing is ever in it; and without a getCacheKey the key is Jest's own.
    if (built.jests._config?.cache !== true || !computesKeys(built.keyed)) return
    const chosen = this.#chosen.get(built.transformer) ?? []
    this.#chosen.set(built.transformer, chosen)
    chosen.push({ rank: hash(built.path), built })
    chosen.sort((a, b) => (a.rank < b.rank ? -1 : 1))
    if (chosen.length > MOST_FILES) chosen.pop()
  }

  /** Asks each transformer that is new to this process for its keys again, which runs the user's code. */
  keys(): CacheKey[] {
    return [...this.#chosen].flatMap(([transformer, chosen]) => {
      const isNew = !asked.has(transformer)
      asked.add(transformer)
      const start = monotonicMicros()
      const mayAsk = () => isNew && monotonicMicros() - start < LONGEST_ASKING
      return chosen.flatMap(({ built }) => {
        const key = /_([0-9a-f]+)$/.exec(built.cacheFile)?.[1]
        if (key === undefined) return []
        const { path } = built
        return { transformer, path, input: inputOf(built), key, again: mayAsk() ? askAgain(built) : null }
      })
    })
  }
}

function computesKeys({ getCacheKey, getCacheKeyAsync }: Methods): boolean {
  return typeof getCacheKey === 'function' || typeof getCacheKeyAsync === 'function'
}

function inputOf({ jests, content, options }: BuiltResult): string {
  return hash(JSON.stringify([content, jests._cache?.configString, options]))
}

/** Null: Jest would await it, or it threw. */
function askAgain({ jests, keyed, content, path, options }: BuiltResult): string | null {
  if (typeof keyed.getCacheKeyAsync === 'function') return null
  try {
    const key = jests._getCacheKey?.(content, path, options)
    return typeof key === 'string' ? key : null
  } catch {
    // What it needs may be gone by the end of a test file: that is no statement about its keys.
    return null
  }
}

function hash(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 16)
}
