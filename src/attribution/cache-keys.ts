// Cache keys that transformers returned from getCacheKey, for a sample of files, from all processes that transformed them.

import { createHash } from 'node:crypto'
import { getOrMake } from '../profile/columns.js'
import { compareText } from '../profile/order.js'
import type { CacheKey } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'

export interface ProcessKey extends CacheKey {
  /** Process and thread that asked for the key. */
  readonly worker: string
}

/** Files kept per transformer. They are chosen by a hash of their paths, so that all processes choose the same ones. */
const MOST_FILES = 20

export class CacheKeys {
  /** By transformer, then by file. */
  readonly #keys = new Map<string, Map<string, ProcessKey[]>>()

  add({ header, cacheKeys }: Pick<ResolvedRecording, 'header' | 'cacheKeys'>): void {
    const worker = `${header.processId}-${header.threadId}`
    this.join(cacheKeys.map(entry => ({ ...entry, worker })))
  }

  /** Adds the sums of other recordings. */
  join(keys: readonly ProcessKey[]): void {
    for (const entry of keys) {
      const files = getOrMake(this.#keys, entry.transformer, () => new Map<string, ProcessKey[]>())
      getOrMake(files, entry.path, () => []).push(entry)
      if (files.size > MOST_FILES) files.delete(firstByHash([...files.keys()]).at(-1) ?? '')
    }
  }

  /** In no particular order. */
  get keys(): ProcessKey[] {
    return [...this.#keys.values()].flatMap(files => [...files.values()].flat())
  }
}

/** The `most` paths whose hashes come first: the same ones, whichever other paths are given. */
export function firstByHash(paths: readonly string[], most = paths.length): string[] {
  const rankOf = new Map(paths.map(path => [path, createHash('sha1').update(path).digest('hex')]))
  return paths
    .toSorted((a, b) => compareText(rankOf.get(a) ?? '', rankOf.get(b) ?? '') || compareText(a, b))
    .slice(0, most)
}
