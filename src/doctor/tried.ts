// What is known of a candidate → its part of the answer.

import type { CandidateAnswer, Saved } from './answer.js'
import { type Candidate, type DoctorFacts, type SuiteFile, wallOf } from './candidate.js'
import type { Judged } from './rounds/measuring.js'
import type { ChangedResult } from './runs/results.js'

/** A candidate with what is known of it. */
export interface Tried {
  readonly candidate: Candidate
  readonly answer: CandidateAnswer
}

export interface Outcome {
  readonly judged: Judged
  /** Test files that get the change: all but those that forbid it. */
  readonly files: readonly SuiteFile[]
  /** Those that were measured. */
  readonly measured: readonly SuiteFile[]
  readonly forbiddenBy: CandidateAnswer['forbiddenBy']
}

export function untried(candidate: Candidate, note: string | null): CandidateAnswer {
  const { name, title, reason, mostMs } = candidate
  return {
    name,
    title,
    reason,
    mostMs,
    verdict: 'not tried',
    saved: null,
    rounds: 0,
    files: [],
    measuredFiles: 0,
    forbiddenBy: [],
    patch: null,
    note,
  }
}

export function answerOf(
  candidate: Candidate,
  { judged, files, measured, forbiddenBy }: Outcome,
  facts: DoctorFacts,
): CandidateAnswer {
  const { decision, count, saved } = judged
  const paths = files.map(({ path }) => path).toSorted()
  const isSample = measured.length < files.length
  return {
    ...untried(
      candidate,
      isSample ? `measured on ${measured.length} of ${files.length} files, of all lengths` : null,
    ),
    verdict: decision === 'open' ? 'undecided' : decision,
    saved: candidate.scope === 'files' ? wallSaved(saved, facts) : saved,
    rounds: count,
    files: paths,
    measuredFiles: measured.length,
    forbiddenBy,
    patch: decision === 'gain' ? candidate.patch(paths, files.length === facts.files.length) : null,
  }
}

/** Worker time → wall time of the command. */
function wallSaved({ wallMs, interval95Ms: [low, high], ...rest }: Saved, facts: DoctorFacts): Saved {
  return {
    ...rest,
    wallMs: wallOf(wallMs, facts),
    interval95Ms: [wallOf(low, facts), wallOf(high, facts)],
  }
}

/** Milliseconds that the files took when they were profiled. */
export function weightOf(files: readonly SuiteFile[]): number {
  return files.reduce((ms, { report }) => ms + report.wallMs, 0)
}

/** Test files by their paths as in the report. */
export function namedFiles(
  changed: readonly ChangedResult[],
  { files }: Pick<DoctorFacts, 'files'>,
): CandidateAnswer['forbiddenBy'] {
  const pathOf = new Map(files.map(({ key, path }) => [key, path]))
  return changed.map(({ key, reason }) => {
    return { file: pathOf.get(key) ?? key, reason }
  })
}
