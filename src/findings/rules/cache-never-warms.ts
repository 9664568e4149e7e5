// A transformer whose cache keys never repeat, so that every run transforms every file again.

import { group, sum } from 'd3-array'
import type { ProcessKey } from '../../attribution/cache-keys.js'
import type { TransformReport } from '../../report/account-reports.js'
import { transformerName } from '../../report/build/imports.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration, grouped, percent } from '../../report/views/figures.js'
import { packageOf } from '../../resolve/categories.js'
import { transformsByFile } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'

const REMEDY_FOR_KEY =
  'Make the key depend only on the text of the file, the options and the versions of the tools, and not on a time, random ' +
  'value, process id or temporary path, neither in `getCacheKey` nor in the config that it reads.'
const REMEDY_FOR_CONFIG =
  'Its config and options are part of the key. Look for values in them that change with each process, also in options of ' +
  'presets and plugins: a time, a random value, a process id or a temporary path.'

export function cacheNeverWarms(facts: Facts): FindingDraft[] {
  return unstableKeys(facts).map(unstable => {
    const { transformer, isPackage, proof } = unstable
    const scope = proof === 'workers' ? 'worker' : 'run'
    return {
      id: `cache-never-warms:${transformer}`,
      confidence: proof === 'repeated call' ? 'high' : 'medium',
      title: `Jest's transform cache never warms: getCacheKey of ${transformer} returns a new key in every ${scope}`,
      evidence: `${proofText(unstable)} ${missText(unstable, facts.report)}`,
      remedy: isPackage ? REMEDY_FOR_CONFIG : REMEDY_FOR_KEY,
      costMs: unstable.missMs,
      savings: { files: transformsByFile(facts) },
    }
  })
}

function proofText({ proof, comparedFiles }: UnstableKeys): string {
  const files = count(comparedFiles, 'file')
  if (proof === 'repeated call')
    return `Called twice in one process for ${files}, it returned different keys.`
  if (proof === 'workers') return `For the same text and options of ${files}, workers got different keys.`
  return `The keys of ${files} differ from those of an earlier run, although nothing relevant has changed since.`
}

interface CacheMisses {
  readonly files: number
  readonly misses: number
  /** What transforming them took, loading the transformer included. */
  readonly missMs: number
}

/** Undefined if most files came from the cache. */
export function cacheMisses(rows: readonly TransformReport[]): CacheMisses | undefined {
  const files = sum(rows, row => row.files)
  const misses = sum(rows, row => row.cacheMisses)
  const missMs = sum(rows, row => row.missMs + row.missLoadMs)
  return misses === 0 || misses < files / 2 ? undefined : { files, misses, missMs }
}

export function missText(
  { files, misses, missMs }: CacheMisses,
  { totals }: Pick<Facts['report'], 'totals'>,
) {
  const transformed = `${grouped(misses)} of ${count(files, 'file')} had to be transformed`
  return `${transformed}, which took ${duration(missMs)} (${percent(missMs, totals.fileWallMs)} of the time of all test files).`
}

/** A transformer whose getCacheKey returns a new key for the same file each time. */
interface UnstableKeys extends CacheMisses {
  /** Package or path, as in the report. */
  readonly transformer: string
  /** Whether only its config can be changed. */
  readonly isPackage: boolean
  /** Where keys differ: between two calls in one process, between processes, or between runs. */
  readonly proof: 'repeated call' | 'workers' | 'runs'
  readonly comparedFiles: number
}

export function unstableKeys({ report, record }: Pick<Facts, 'report' | 'record'>): UnstableKeys[] {
  const toRelative = relativeTo(report.run.displayRoot)
  const nameOf = ({ transformer }: { transformer: string }) => transformerName(transformer, toRelative)
  const keysOf = group(record.cacheKeys, nameOf)
  const changedOf = group(record.transformKeys?.changed ?? [], nameOf)
  const transformers = new Set([...keysOf.keys(), ...changedOf.keys()])
  return [...transformers].flatMap(transformer => {
    const keys = keysOf.get(transformer) ?? []
    const isChanged = changedOf.get(transformer)?.[0]
    const found =
      compared(
        'repeated call',
        keys.flatMap(({ path, key, again }) => (again === null ? [] : { path, isOther: again !== key })),
      ) ??
      compared('workers', keysOfWorkers(keys)) ??
      (isChanged && { proof: 'runs' as const, comparedFiles: isChanged.files })
    const missed = cacheMisses(report.transforms.filter(row => row.transformer === transformer))
    if (found === undefined || missed === undefined) return []
    const path = (keys[0] ?? isChanged)?.transformer ?? ''
    return { transformer, isPackage: packageOf(path) !== undefined, ...found, ...missed }
  })
}

type ComparedKey = { readonly path: string; readonly isOther: boolean }

/** Undefined if a single file has the same key again. */
function compared(proof: UnstableKeys['proof'], comparisons: readonly ComparedKey[]) {
  if (comparisons.length === 0 || !comparisons.every(({ isOther }) => isOther)) return undefined
  return { proof, comparedFiles: new Set(comparisons.map(({ path }) => path)).size }
}

function keysOfWorkers(keys: readonly ProcessKey[]): ComparedKey[] {
  const files = group(keys, ({ path, input }) => `${path}\0${input}`)
  return [...files.values()].flatMap(sameInput => {
    const workers = group(sameInput, ({ worker }) => worker)
    const [{ path } = { path: '' }] = sameInput
    if (workers.size < 2) return []
    const all = [...workers.values()].map(own => new Set(own.map(({ key }) => key)))
    const different = new Set(all.flatMap(own => [...own]))
    // Without a common key the sizes add up.
    return { path, isOther: different.size === sum(all, own => own.size) }
  })
}
