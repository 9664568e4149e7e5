// The calls of the user's transformers for a test file, summed by transformer and extension, and set-up times from first calls.

import { extname } from 'node:path'
import type { TransformerCall } from '../../jest/runtime-observer.js'
import { getOrMake } from '../../profile/columns.js'
import type { TransformTotals } from '../../recording/recording.js'

export interface TransformedFile extends Omit<TransformerCall, 'project'> {
  start: number
  micros: number
  /** Microseconds in which the transformer loaded its modules, which are not part of `micros`. */
  loadMicros: number
  /** Whether this is the transformer's first call in this process, or the first that missed the cache. */
  isFirst: boolean
}

export type TransformCall = TransformedFile & { transformer: string }

export interface SetUp {
  call: TransformCall
  micros: number
}

export class TransformLog {
  readonly #totals = new Map<string, TransformTotals>()
  readonly #calls: TransformCall[] = []

  add(file: TransformedFile): void {
    const { transformer, micros, loadMicros } = file
    const totals = this.#totalsOf(transformer, file.path)
    totals.files++
    totals.micros += micros
    totals.loadMicros += loadMicros
    if (transformer !== null) this.#calls.push({ ...file, transformer })
    if (!file.missed) return
    totals.misses++
    if (!file.isCached) totals.uncached++
    totals.missMicros += micros
    totals.missLoadMicros += loadMicros
  }

  setUps(): SetUp[] {
    return setUps(this.#calls)
  }

  /** Returns the sums; set-up times count as loading. */
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
    return getOrMake(this.#totals, keyOf(transformer, path), () => {
      const counts = { files: 0, misses: 0, uncached: 0 }
      const times = { micros: 0, missMicros: 0, loadMicros: 0, missLoadMicros: 0 }
      return { transformer, extension: extname(path), ...counts, ...times }
    })
  }
}

function keyOf(transformer: string | null, path: string): string {
  return `${transformer ?? ''}\0${extname(path)}`
}

// Module state: a transformer is set up once per process and project, for each of which Jest has one such object.
const started = new WeakMap<object, Set<string>>()

export function isFirstCall(
  project: object | undefined,
  { transformer, missed }: Pick<TransformCall, 'transformer' | 'missed'>,
): boolean {
  if (project === undefined) return false
  const known = started.get(project) ?? new Set<string>()
  started.set(project, known)
  const isFirst = !known.has(transformer) || (missed && !known.has(`missed ${transformer}`))
  known.add(transformer)
  if (missed) known.add(`missed ${transformer}`)
  return isFirst
}

/**
 * Returns how much longer each first call of a transformer took than later ones, in the order of `calls`: in its first call a
 * transformer reads configs, builds TypeScript's program, and runs code that V8 has not compiled yet. Empty without later calls to
 * compare with: then leaving the file out would also save the set-up.
 */
export function setUps(calls: readonly TransformCall[]): SetUp[] {
  return calls.flatMap((call, index) => {
    if (!call.isFirst) return []
    const others = calls
      .slice(index + 1)
      .filter(({ transformer, isFirst }) => transformer === call.transformer && !isFirst)
    const similar = others.filter(({ missed }) => missed === call.missed)
    // A cache hit takes less than a miss, so it can be compared with either.
    const later = similar.length === 0 && !call.missed ? others : similar
    const micros = Math.floor(call.micros - usualMicros(call.size, later))
    return later.length === 0 || micros <= 0 ? [] : { call, micros }
  })
}

/** Uses the lower quartile of later calls, because calls still become faster; larger files take longer. */
function usualMicros(size: number, later: readonly TransformCall[]): number {
  const perFile = lowerQuartile(later.map(({ micros }) => micros))
  const perCharacter = lowerQuartile(later.map(call => call.micros / Math.max(1, call.size)))
  return Math.max(perFile, perCharacter * size)
}

function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0
}
