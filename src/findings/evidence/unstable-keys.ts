// Transformers whose getCacheKey returns another key for the same file each time, so that Jest's cache is never warm.

import { group, sum } from 'd3-array'
import type { ProcessKey } from '../../attribution/cache-keys.js'
import type { TransformReport } from '../../report/account-reports.js'
import { transformerName } from '../../report/build/imports.js'
import { relativeTo } from '../../report/relative-path.js'
import { packageOf } from '../../resolve/categories.js'
import type { Facts } from '../rule.js'

export interface UnstableKeys {
  /** Package or path, as in the report. */
  readonly transformer: string
  /** Another's code: what can be changed is its config. */
  readonly isPackage: boolean
  /** How it is known: the same process asked twice, several processes asked, or an earlier run had other keys. */
  readonly proof: 'asked again' | 'workers' | 'runs'
  /** Files whose keys were compared. */
  readonly comparedFiles: number
  readonly files: number
  readonly misses: number
  /** With what loading it took. */
  readonly missMs: number
}

/** A share of the files that were asked for: with fewer misses the cache serves the others. */
const MOST_FILES = 0.5

export function unstableKeys({
  report,
  cacheKeys,
  changedKeys,
}: Pick<Facts, 'report' | 'cacheKeys' | 'changedKeys'>): UnstableKeys[] {
  const toRelative = relativeTo(report.run.displayRoot)
  const nameOf = ({ transformer }: { transformer: string }) => transformerName(transformer, toRelative)
  const keysOf = group(cacheKeys, nameOf)
  const changedOf = group(changedKeys, nameOf)
  const transformers = new Set([...keysOf.keys(), ...changedOf.keys()])
  return [...transformers].flatMap(transformer => {
    const keys = keysOf.get(transformer) ?? []
    const isChanged = changedOf.get(transformer)?.[0]
    const found =
      compared('asked again', askedAgain(keys)) ??
      compared('workers', askedByWorkers(keys)) ??
      (isChanged && { proof: 'runs' as const, comparedFiles: isChanged.files })
    const totals = totalsOf(report.transforms.filter(row => row.transformer === transformer))
    if (found === undefined || totals.misses === 0 || totals.misses < MOST_FILES * totals.files) return []
    const path = (keys[0] ?? isChanged)?.transformer ?? ''
    return { transformer, isPackage: packageOf(path) !== undefined, ...found, ...totals }
  })
}

interface ComparedKey {
  path: string
  isOther: boolean
}

/** One file with the same key is enough to say nothing. */
function compared(
  proof: UnstableKeys['proof'],
  comparisons: readonly ComparedKey[],
): Pick<UnstableKeys, 'proof' | 'comparedFiles'> | undefined {
  if (comparisons.length === 0 || !comparisons.every(({ isOther }) => isOther)) return undefined
  return { proof, comparedFiles: new Set(comparisons.map(({ path }) => path)).size }
}

function askedAgain(keys: readonly ProcessKey[]): ComparedKey[] {
  return keys.flatMap(({ path, key, again }) => (again === null ? [] : { path, isOther: again !== key }))
}

function askedByWorkers(keys: readonly ProcessKey[]): ComparedKey[] {
  const files = group(keys, ({ path, input }) => `${path}\0${input}`)
  return [...files.values()].flatMap(asked => {
    const workers = group(asked, ({ worker }) => worker)
    const [{ path } = { path: '' }] = asked
    if (workers.size < 2) return []
    const all = [...workers.values()].map(own => new Set(own.map(({ key }) => key)))
    const different = new Set(all.flatMap(own => [...own]))
    // A key that two of them have is in one set only.
    return { path, isOther: different.size === sum(all, own => own.size) }
  })
}

function totalsOf(rows: readonly TransformReport[]): Pick<UnstableKeys, 'files' | 'misses' | 'missMs'> {
  const totals = { files: 0, misses: 0, missMs: 0 }
  for (const { files, cacheMisses, missMs, missLoadMs } of rows) {
    totals.files += files
    totals.misses += cacheMisses
    totals.missMs += missMs + missLoadMs
  }
  return totals
}
