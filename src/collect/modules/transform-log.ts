// What the user's transformers did for one test file, summed by transformer and file extension.

import { extname } from 'node:path'
import type { TransformTotals } from '../recording.js'

export interface TransformedFile {
  path: string
  /** Absolute path of the transformer's module, or null. */
  transformer: string | null
  /** Not in Jest's cache on disk. */
  missed: boolean
  micros: number
}

export class TransformLog {
  readonly #totals = new Map<string, TransformTotals>()

  add({ path, transformer, missed, micros }: TransformedFile): void {
    const extension = extname(path)
    const key = `${transformer ?? ''}\0${extension}`
    let totals = this.#totals.get(key)
    if (totals === undefined) {
      totals = { transformer, extension, files: 0, misses: 0, micros: 0, missMicros: 0 }
      this.#totals.set(key, totals)
    }
    totals.files++
    totals.micros += micros
    if (!missed) return
    totals.misses++
    totals.missMicros += micros
  }

  totals(): TransformTotals[] {
    return [...this.#totals.values()]
  }
}
