// What the first call of a transformer takes on top of later ones: it reads configs, builds TypeScript's program, and runs
// code that V8 has not compiled yet. Whichever file comes first pays for it.

import type { JestsTransformer } from './cache-key-log.js'

export interface TransformCall {
  /** Of the file. */
  path: string
  /** Absolute path of the transformer's module. */
  transformer: string
  /** Not in Jest's cache on disk, so that the transformer did its work. */
  missed: boolean
  start: number
  micros: number
  /** Characters of the file. */
  size: number
  /** The first call of the transformer in this process, or the first one in which it did its work. */
  isFirst: boolean
}

export interface SetUp {
  call: TransformCall
  micros: number
}

// Module state: a transformer is set up once a process for each project, which Jest tells apart by these objects.
const started = new WeakMap<object, Set<string>>()

export function isFirstCall(
  { _cache: project }: JestsTransformer,
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
 * For each first call, in the order of `calls`. Without later calls to compare it with there is none: then leaving that file
 * out would save the set-up, too.
 */
export function setUps(calls: readonly TransformCall[]): SetUp[] {
  return calls.flatMap((call, index) => {
    if (!call.isFirst) return []
    const others = calls
      .slice(index + 1)
      .filter(({ transformer, isFirst }) => transformer === call.transformer && !isFirst)
    const alike = others.filter(({ missed }) => missed === call.missed)
    // To read a result from the cache takes less than to make one: it can be compared with either.
    const later = alike.length === 0 && !call.missed ? others : alike
    const micros = Math.floor(call.micros - usualMicros(call.size, later))
    return later.length === 0 || micros <= 0 ? [] : { call, micros }
  })
}

/** By the cheaper ones of the later calls, since each is still a little slower than the next; a large file takes longer. */
function usualMicros(size: number, later: readonly TransformCall[]): number {
  const perFile = lowerQuartile(later.map(({ micros }) => micros))
  const perCharacter = lowerQuartile(later.map(call => call.micros / Math.max(1, call.size)))
  return Math.max(perFile, perCharacter * size)
}

function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0
}
