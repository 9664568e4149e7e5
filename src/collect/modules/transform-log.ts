// What the user's transformers did for one test file, summed by transformer and file extension.

import { extname } from 'node:path'
import type { TransformTotals } from '../../recording/recording.js'
import { type SetUp, setUps, type TransformCall } from './transformer-set-up.js'

export interface TransformedFile extends Omit<TransformCall, 'transformer'> {
  /** Absolute path of the transformer's module, or null. */
  transformer: string | null
  /** Jest's cache was on. */
  isCached: boolean
  /** What the transformer took to load modules of its own: no part of `micros`. */
  loadMicros: number
}

export class TransformLog {
  readonly #totals = new Map<string, TransformTotals>()
  readonly #calls: TransformCall[] = []

  add({ loadMicros, transformer, isCached, ...file }: TransformedFile): void {
    const totals = this.#totalsOf(transformer, file.path)
    totals.files++
    totals.micros += file.micros
    totals.loadMicros += loadMicros
    if (transformer !== null) this.#calls.push({ ...file, transformer })
    if (!file.missed) return
    totals.misses++
    if (!isCached) totals.uncached++
    totals.missMicros += file.micros
    totals.missLoadMicros += loadMicros
  }

  /** What first calls took on top of later ones. */
  setUps(): SetUp[] {
    return setUps(this.#calls)
  }

  /** What setting transformers up took is part of loading them. */
  totals(): TransformTotals[] {
    const all = new Map([...this.#totals].map(([key, totals]) => [key, { ...totals }]))
    for (const { call, micros } of this.setUps()) {
      const totals = all.get(keyOf(call.transformer, call.path))
      if (totals === undefined) continue
      totals.micros -= micros
      totals.loadMicros += micros
      if (!call.missed) continue
      totals.missMicros -= micros
      totals.missLoadMicros += micros
    }
    return [...all.values()]
  }

  #totalsOf(transformer: string | null, path: string): TransformTotals {
    const key = keyOf(transformer, path)
    const known = this.#totals.get(key)
    if (known !== undefined) return known
    const none = {
      files: 0,
      misses: 0,
      uncached: 0,
      micros: 0,
      missMicros: 0,
      loadMicros: 0,
      missLoadMicros: 0,
    }
    const totals = { transformer, extension: extname(path), ...none }
    this.#totals.set(key, totals)
    return totals
  }
}

function keyOf(transformer: string | null, path: string): string {
  return `${transformer ?? ''}\0${extname(path)}`
}
