// Candidates that are tried in the same runs, because no test file gets more than one of them: each is measured on its own files.

import type { Candidate, DoctorFacts, SuiteFile } from './candidate.js'

export interface BatchMember {
  readonly candidate: Candidate
  /** Test files that get the change. */
  readonly concerned: readonly SuiteFile[]
}

export type Batch = readonly BatchMember[]

/** The most promising first; what is not about test files has a batch of its own. `steady`: files whose results do not change by chance. */
export function batchesOf(
  candidates: readonly Candidate[],
  { files }: Pick<DoctorFacts, 'files'>,
  steady: ReadonlySet<string>,
): Batch[] {
  const batches: BatchMember[][] = []
  for (const candidate of candidates) {
    const meant = new Set(candidate.files)
    const concerned = files.filter(({ key }) => meant.has(key) && steady.has(key))
    const member = { candidate, concerned }
    const fitting = candidate.scope === 'files' ? batches.find(batch => isApart(member, batch)) : undefined
    if (fitting === undefined) batches.push([member])
    else fitting.push(member)
  }
  return batches
}

function isApart({ concerned }: BatchMember, batch: Batch): boolean {
  const keys = new Set(concerned.map(({ key }) => key))
  return batch.every(
    ({ candidate, concerned: others }) =>
      candidate.scope === 'files' && others.every(({ key }) => !keys.has(key)),
  )
}
