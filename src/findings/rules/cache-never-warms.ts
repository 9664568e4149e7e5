// A transformer whose cache keys are new each time: every run transforms every file again.

import { group, sum } from 'd3-array'
import type { ProcessKey } from '../../attribution/cache-keys.js'
import { transformerName } from '../../report/build/imports.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { packageOf } from '../../resolve/categories.js'
import type { Facts, FindingDraft } from '../rule.js'

const RETURNS: Readonly<Record<UnstableKeys['proof'], string>> = {
  'asked again': 'returns another key in every run',
  workers: 'returns another key in every worker',
  runs: 'returns another key in every run',
}

const REMEDY_FOR_KEY =
  'Make the key depend only on the text of the file, the options and the versions of the tools, and not on a time, random ' +
  'value, process id or temporary path, neither in `getCacheKey` nor in the config that it reads.'
const REMEDY_FOR_CONFIG =
  'Look in its config and options for what differs in each process: a time, a random value, a process id or a temporary ' +
  'path, also in options of presets and plugins. They are part of the key.'

export function cacheNeverWarms(facts: Facts): FindingDraft[] {
  return unstableKeys(facts).map(unstable => {
    const { transformer, isPackage, proof, files, misses, missMs } = unstable
    return {
      id: `cache-never-warms:${transformer}`,
      confidence: proof === 'asked again' ? 'high' : 'medium',
      title: `Jest's transform cache never warms: getCacheKey of ${transformer} ${RETURNS[proof]}`,
      evidence:
        `${proofText(unstable)} ${misses.toLocaleString('en-US')} of ${count(files, 'file')} had to be ` +
        `transformed, which took ${duration(missMs)}, ${percent(missMs, facts.report.totals.cpuMs)} of CPU time.`,
      remedy: isPackage ? REMEDY_FOR_CONFIG : REMEDY_FOR_KEY,
      costMs: missMs,
      position: null,
    }
  })
}

function proofText({ proof, comparedFiles }: UnstableKeys): string {
  const files = count(comparedFiles, 'file')
  if (proof === 'asked again') return `Called twice in one process for ${files}, it returned different keys.`
  if (proof === 'workers') return `For the same text and options of ${files}, workers got different keys.`
  return `The keys of ${files} differ from those of an earlier run, although nothing that ran has changed since.`
}

/** A transformer whose getCacheKey returns another key for the same file each time, so that Jest's cache is never warm. */
interface UnstableKeys {
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
      compared('asked again', askedAgain(keys)) ??
      compared('workers', askedByWorkers(keys)) ??
      (isChanged && { proof: 'runs' as const, comparedFiles: isChanged.files })
    const rows = report.transforms.filter(row => row.transformer === transformer)
    const files = sum(rows, row => row.files)
    const misses = sum(rows, ({ cacheMisses }) => cacheMisses)
    const missMs = sum(rows, row => row.missMs + row.missLoadMs)
    if (found === undefined || misses === 0 || misses < MOST_FILES * files) return []
    const path = (keys[0] ?? isChanged)?.transformer ?? ''
    return { transformer, isPackage: packageOf(path) !== undefined, ...found, files, misses, missMs }
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
