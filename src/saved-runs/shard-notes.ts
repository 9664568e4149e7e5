// Notes on merged shards: differences and missing shards.

import type { SavedRun } from '../report/record/saved-run.js'
import type { Missing, RunReport } from '../report/report.js'

const COMPARED: readonly [keyof SavedRun['run'], string][] = [
  ['nodeVersion', 'versions of Node'],
  ['jestVersion', 'versions of Jest'],
  ['engine', 'engines'],
  ['samplingIntervalMicros', 'sampling intervals (µs)'],
  ['platform', 'platforms'],
  ['cpuModel', 'processors'],
  ['cpuCount', 'numbers of cores'],
]

/** Returns a sentence for each fact that differs between shards, which makes times harder to compare. */
export function differencesOf(runs: readonly Pick<SavedRun, 'run'>[]): string[] {
  return COMPARED.flatMap(([fact, name]) => {
    const values = [...new Set(runs.map(({ run }) => String(run[fact])))]
    return values.length < 2 ? [] : [`The shards ran on different ${name}: ${values.toSorted().join(', ')}.`]
  })
}

/** Prefix of the file name of a whole shard in `missing`. */
const SHARD = 'shard '

export function isMissingShard(file: string): boolean {
  return file.startsWith(SHARD)
}

/** Returns the missing shards: `2/3`, for example, is one of three. */
export function missingShards(runs: readonly Pick<RunReport, 'shard'>[]): Missing[] {
  const shards = runs.flatMap(({ shard }) => (shard === undefined ? [] : [shard]))
  const counts = [...new Set(shards.map(shard => Number(shard.split('/')[1])))].toSorted((a, b) => a - b)
  return counts.flatMap(count => {
    const all = Array.from({ length: count }, (_, index) => `${index + 1}/${count}`)
    return all
      .filter(shard => !shards.includes(shard))
      .map(shard => ({
        file: SHARD + shard,
        reason: 'is not among the merged runs, so its test files are missing',
        remedy: 'Look for its job and its artifact, and merge again.',
      }))
  })
}
