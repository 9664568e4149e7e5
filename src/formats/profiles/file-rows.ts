// The samples of single test files as rows: in the order of time where that is known, else merged.

import { at, increase } from '../../profile/columns.js'
import { fileKey } from '../../profile/file-key.js'
import { compareText } from '../../profile/order.js'
import {
  type Microseconds,
  NOT_SELECTED,
  type Profile,
  type Scope,
  type Sequence,
} from '../../profile/profile.js'
import { type Row, sizeOfAll } from './call-tree-rows.js'

export interface FileRows {
  /** Any of the file's. */
  readonly scope: Scope
  readonly rows: readonly Row[]
  /** In the order of time; merged rows are in that of the whole run. */
  readonly isTimed: boolean
}

interface ProfiledFile {
  readonly key: string
  readonly scope: Scope
  total: Microseconds
  readonly sequences: Sequence[]
}

interface Bounds {
  readonly fileCount: number
  /** Of all rows' sizes together. */
  readonly room: number
  readonly sizeOf: (row: Row) => number
}

/**
 * The files with the most time, most first, and how many have time at all. One that takes more room than is left does
 * not keep out those behind it. `order`: of the whole run's stacks.
 */
export function fileRowsWithin(
  profile: Profile,
  order: Int32Array,
  { fileCount, room, sizeOf }: Bounds,
): { total: number; files: FileRows[] } {
  const all = filesOf(profile)
  const place = new Int32Array(profile.stacks.frame.length)
  order.forEach((stack, index) => {
    place[stack] = index
  })
  let left = room
  const dearest = all.slice(0, fileCount)
  const samplesOf = samplesByFile(profile, dearest)
  const files = dearest.flatMap(file => {
    const { scope } = file
    const fits = (rows: readonly Row[]) => sizeOfAll(rows, sizeOf) <= left
    const timed = rowsInTime(file)
    const isTimed = timed !== undefined && fits(timed)
    const rows = isTimed ? timed : mergedRows(samplesOf.get(file) ?? [], profile, place)
    if (!fits(rows)) return []
    left -= sizeOfAll(rows, sizeOf)
    return [{ scope, rows, isTimed }]
  })
  return { total: all.length, files }
}

function filesOf({ scopes, samples, sequences }: Profile): ProfiledFile[] {
  const files = new Map<string, ProfiledFile>()
  const fileOfScope = scopes.map(scope => {
    const key = fileKey(scope)
    const file = files.get(key) ?? { key, scope, total: 0, sequences: [] }
    files.set(key, file)
    return file
  })
  samples.scope.forEach((scope, sample) => {
    at(fileOfScope, scope).total += at(samples.weight, sample)
  })
  for (const sequence of sequences) files.get(fileKey(sequence))?.sequences.push(sequence)
  return [...files.values()]
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.total - a.total || compareText(a.key, b.key))
}

/** Positions in the profile's samples, of the given files alone: of all they would be as much as the samples. */
function samplesByFile(
  { scopes, samples }: Profile,
  files: readonly ProfiledFile[],
): ReadonlyMap<ProfiledFile, readonly number[]> {
  const fileOfKey = new Map(files.map(file => [file.key, file]))
  const positions = new Map(files.map(file => [file, [] as number[]]))
  const positionsOfScope = scopes.map(scope => {
    const file = fileOfKey.get(fileKey(scope))
    return file && positions.get(file)
  })
  samples.scope.forEach((scope, sample) => {
    at(positionsOfScope, scope)?.push(sample)
  })
  return positions
}

/** Undefined where the sequences are not all of the file: some had no room, or the samples are a selection. */
function rowsInTime({ sequences, total }: ProfiledFile): Row[] | undefined {
  const rows: Row[] = []
  let [node, weight, sum] = [NOT_SELECTED as number, 0, 0]
  const end = () => {
    const isSelected = node !== NOT_SELECTED
    if (isSelected && weight > 0) rows.push({ node, weight, isRest: false })
    if (isSelected) sum += weight
    weight = 0
  }
  for (const { stack, start, wallMicros } of sequences.toSorted(
    (a, b) => a.startedAtMs - b.startedAtMs || a.worker - b.worker,
  )) {
    for (let sample = 0; sample < stack.length; sample++) {
      // Samples of one stack in a row are one stretch of it.
      if (at(stack, sample) !== node) end()
      node = at(stack, sample)
      weight += Math.max(0, (start[sample + 1] ?? wallMicros) - at(start, sample))
    }
  }
  end()
  return sum === total ? rows : undefined
}

function mergedRows(samples: readonly number[], profile: Profile, place: Int32Array): Row[] {
  const weights = new Map<number, Microseconds>()
  for (const sample of samples) {
    increase(weights, at(profile.samples.stack, sample), at(profile.samples.weight, sample))
  }
  return [...weights]
    .filter(([, weight]) => weight > 0)
    .map(([node, weight]) => ({ node, weight, isRest: false }))
    .sort((a, b) => at(place, a.node) - at(place, b.node))
}
