// The time of single test files, stack by stack, in time order if that is known.

import { group, sum } from 'd3-array'
import { at, increase } from '../../profile/columns.js'
import { compareText } from '../../profile/order.js'
import { fileKey } from '../../profile/paths.js'
import {
  type Microseconds,
  NOT_SELECTED,
  type Profile,
  type Scope,
  type Sequence,
  timeSamples,
  type ValueSamples,
} from '../../profile/profile.js'
import { rowsByOwner } from '../../profile/rows-by-owner.js'
import { ownedByFile } from '../../report/build/owners.js'

export interface StackWeight {
  readonly stack: number
  readonly weight: number
}

export interface FileSamples {
  /** Any scope of the file. */
  readonly scope: Scope
  readonly samples: readonly StackWeight[]
  /** Whether samples are in time order. Merged ones are in the order of the whole run. */
  readonly isTimed: boolean
}

/**
 * The files with the most time that fit into the limits, and the number of all files with time. `order`: the stacks of
 * the whole run; `depth`: by stack; `limits.frames`: of all samples together.
 */
export function filesWithin(
  profile: Profile,
  { order, depth }: { order: Int32Array; depth: Int32Array },
  limits: { files: number; frames: number },
): { total: number; files: FileSamples[] } {
  const all = filesByTime(profile)
  const place = new Int32Array(profile.stacks.frame.length)
  order.forEach((stack, index) => {
    place[stack] = index
  })
  const largest = new Map([...all].slice(0, limits.files))
  const mergedOf = mergedSamples(profile, new Set(largest.keys()), place)
  const framesOf = (samples: readonly StackWeight[]) => sum(samples, ({ stack }) => at(depth, stack))
  const sequencesOf = group(profile.sequences, fileKey)
  let left = limits.frames
  const files = [...largest].flatMap(([key, { scope, total }]) => {
    const timed = samplesInTime(sequencesOf.get(key) ?? [], total)
    const isTimed = timed !== undefined && framesOf(timed) <= left
    const samples = isTimed ? timed : mergedOf(key)
    if (framesOf(samples) > left) return []
    left -= framesOf(samples)
    return [{ scope, samples, isTimed }]
  })
  return { total: all.size, files }
}

/** By `fileKey`. */
function filesByTime(profile: Profile) {
  const totals = new Float64Array(profile.scopes.length)
  for (const { scope: scopes, weight } of timeSamples(profile))
    scopes.forEach((scope, row) => {
      totals[scope] = at(totals, scope) + at(weight, row)
    })
  const files = group(profile.scopes.keys(), scope => fileKey(at(profile.scopes, scope)))
  return new Map(
    [...files]
      .map(([key, scopes]): [string, { scope: Scope; total: Microseconds }] => [
        key,
        { scope: at(profile.scopes, at(scopes, 0)), total: sum(scopes, scope => at(totals, scope)) },
      ])
      .filter(([, { total }]) => total > 0)
      .sort(([keyA, a], [keyB, b]) => b.total - a.total || compareText(keyA, keyB)),
  )
}

/** Undefined if sequences are missing: some exceeded the limit, or the samples are a selection. */
function samplesInTime(sequences: readonly Sequence[], total: Microseconds) {
  const samples: StackWeight[] = []
  let [current, weight, found] = [NOT_SELECTED as number, 0, 0]
  const end = () => {
    const isSelected = current !== NOT_SELECTED
    if (isSelected && weight > 0) samples.push({ stack: current, weight })
    if (isSelected) found += weight
    weight = 0
  }
  for (const { stack, start, wallMicros } of sequences.toSorted(
    (a, b) => a.startedAtMs - b.startedAtMs || a.worker - b.worker,
  )) {
    for (let sample = 0; sample < stack.length; sample++) {
      // Successive samples of one stack are one span of it.
      if (at(stack, sample) !== current) end()
      current = at(stack, sample)
      weight += Math.max(0, (start[sample + 1] ?? wallMicros) - at(start, sample))
    }
  }
  end()
  return found === total ? samples : undefined
}

/** Only rows of the given files are indexed, to save memory. */
function mergedSamples(profile: Profile, files: ReadonlySet<string>, place: Int32Array) {
  const ownerOf = (scope: Scope) => (files.has(fileKey(scope)) ? ownedByFile(scope) : undefined)
  const tables = timeSamples(profile).map((samples): [ValueSamples, Map<string, Int32Array>] => {
    const { owners, starts, rows } = rowsByOwner(profile.scopes, samples, ownerOf)
    return [
      samples,
      new Map(owners.map((owner, index) => [owner, rows.subarray(starts[index], starts[index + 1])])),
    ]
  })
  return (file: string): StackWeight[] => {
    const weights = new Map<number, number>()
    for (const [{ stack, weight }, rowsOf] of tables)
      for (const row of rowsOf.get(file) ?? []) increase(weights, at(stack, row), at(weight, row))
    return [...weights]
      .filter(([, weight]) => weight > 0)
      .map(([stack, weight]) => ({ stack, weight }))
      .sort((a, b) => at(place, a.stack) - at(place, b.stack))
  }
}
