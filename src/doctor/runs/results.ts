// Whether test files have the same results in two runs: their tests, what became of each, and their snapshots.

import type { TrialFile, TrialResults } from '../trial/trial-spec.js'

export interface ChangedResult {
  /** `fileKey`. */
  readonly key: string
  /** What is different, such as `test › name: passed → failed`. */
  readonly reason: string
}

/** Files of `base` that are not the same in `other`; both ran the files of `other`'s trial. */
export function changedResults(
  base: TrialResults,
  other: TrialResults,
  only: ReadonlySet<string> | null,
  names = OF_A_CHANGE,
): ChangedResult[] {
  const others = new Map(other.files.map(file => [file.key, file]))
  return base.files.flatMap(file => {
    if (only !== null && !only.has(file.key)) return []
    const reason = difference(file, others.get(file.key), names)
    return reason === undefined ? [] : [{ key: file.key, reason }]
  })
}

/** What the two runs are called in reasons. */
type RunNames = readonly [base: string, other: string]

const OF_A_CHANGE: RunNames = ['before', 'with it']
/** Of two runs of the same. */
export const BY_CHANCE: RunNames = ['in one run', 'in another']

function difference(
  base: TrialFile,
  other: TrialFile | undefined,
  [before, after]: RunNames,
): string | undefined {
  if (other === undefined) return 'it did not run'
  if (other.tests.length === 0 && base.tests.length > 0) return 'it could not be loaded'
  if (other.tests.length !== base.tests.length)
    return `${base.tests.length} tests ${before}, ${other.tests.length} ${after}`
  const index = base.tests.findIndex(
    ({ name, status }, position) =>
      other.tests[position]?.name !== name || other.tests[position]?.status !== status,
  )
  const [was, is] = [base.tests[index], other.tests[index]]
  if (was !== undefined) return `“${was.name}” ${was.status} ${before}, ${is?.status} ${after}`
  if (base.status !== other.status) return `${base.status} ${before}, ${other.status} ${after}`
  const isAlike = base.snapshots.every((count, position) => count === other.snapshots[position])
  return isAlike ? undefined : 'other snapshots'
}

/** Test files that failed, with the tests that did. */
export function failures({ files }: TrialResults): { key: string; tests: string[] }[] {
  return files.flatMap(({ key, status, tests }) => {
    const failed = tests.filter(test => test.status === 'failed').map(({ name }) => name)
    return status === 'failed' || failed.length > 0 ? [{ key, tests: failed }] : []
  })
}
