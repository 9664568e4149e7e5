// What the user's transformers did for one test file, summed by transformer and file extension; and what setting them up took,
// as far as first calls show it.

import { extname } from 'node:path'
import type { TransformerCall } from '../../jest/runtime-observer.js'
import type { TransformTotals } from '../../recording/recording.js'

export interface TransformedFile extends Omit<TransformerCall, 'project'> {
  start: number
  micros: number
  /** What the transformer took to load modules of its own, which is not part of `micros`. */
  loadMicros: number
  /** Whether this is the first call of the transformer in this process, or the first one in which it did its work. */
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

  /** What first calls took on top of later ones. */
  setUps(): SetUp[] {
    return setUps(this.#calls)
  }

  /** What setting transformers up took counts as loading them. */
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

// Module state: a transformer is set up once a process for each project, which Jest tells apart by these objects.
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
 * What a transformer's first call takes on top of later ones, for each first call, in the order of `calls`: whichever file comes
 * first, the transformer reads configs, builds TypeScript's program, and runs code that V8 has not compiled yet. None where there
 * are no later calls to compare with: leaving such a file out would save the set-up, too.
 */
export function setUps(calls: readonly TransformCall[]): SetUp[] {
  return calls.flatMap((call, index) => {
    if (!call.isFirst) return []
    const others = calls
      .slice(index + 1)
      .filter(({ transformer, isFirst }) => transformer === call.transformer && !isFirst)
    const alike = others.filter(({ missed }) => missed === call.missed)
    // Reading a result from the cache takes less than making one, so it can be compared with either.
    const later = alike.length === 0 && !call.missed ? others : alike
    const micros = Math.floor(call.micros - usualMicros(call.size, later))
    return later.length === 0 || micros <= 0 ? [] : { call, micros }
  })
}

/** From the cheaper ones of the later calls, because each is still a little slower than the next. A large file takes longer. */
function usualMicros(size: number, later: readonly TransformCall[]): number {
  const perFile = lowerQuartile(later.map(({ micros }) => micros))
  const perCharacter = lowerQuartile(later.map(call => call.micros / Math.max(1, call.size)))
  return Math.max(perFile, perCharacter * size)
}

function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0
}
