// A candidate in its batch: the test files that try it, which of them pass, and what its rounds say.

import type { DoctorFacts, SuiteFile } from '../candidate.js'
import type { Judged } from '../rounds/measuring.js'
import type { CountedFiles, Round } from '../rounds/round-figures.js'
import { MOST_ROUNDS } from '../rounds/statistics.js'
import type { AppliedChange } from '../runs/compose.js'
import { type ChangedResult, changedResults } from '../runs/results.js'
import type { MeasuredRun } from '../runs/suite-runner.js'
import type { TrialResults } from '../trial/trial-spec.js'
import { answerOf, namedFiles, type Tried, untried, weightOf } from '../tried.js'
import type { BatchMember } from './batches.js'

export interface Member extends BatchMember {
  readonly sample: readonly SuiteFile[]
  failed: readonly ChangedResult[]
  /** Those of the sample that pass. */
  passing: readonly SuiteFile[]
  readonly rounds: Round[]
  judged: Judged | undefined
  note: string | null
}

export function triedOf(member: Member, facts: DoctorFacts): Tried {
  const { candidate, failed, judged, passing, note } = member
  const forbiddenBy = namedFiles(failed, facts)
  if (judged !== undefined)
    return {
      candidate,
      answer: answerOf(candidate, { judged, files: filesOf(member), measured: passing, forbiddenBy }, facts),
    }
  const answer = untried(candidate, note)
  return {
    candidate,
    answer: failed.length === 0 ? answer : { ...answer, verdict: 'forbidden', forbiddenBy },
  }
}

export function isUndecided({ passing, judged }: Member): boolean {
  return passing.length > 0 && (judged === undefined || judged.decision === 'open')
}

/** Whether more rounds may decide it. */
export function isOpen(member: Member): boolean {
  return isUndecided(member) && member.rounds.length < MOST_ROUNDS
}

export function keysOf(files: readonly SuiteFile[]): string[] {
  return [...new Set(files.map(({ key }) => key))]
}

/** Where more of a sample fail with a change, those outside of it get none. */
const MOST_FAILING = 0.2

/** Test files that get the change. Those outside of the sample are checked when all that gains runs together. */
export function filesOf({ concerned, sample, passing, failed }: Member): readonly SuiteFile[] {
  if (failed.length > MOST_FAILING * sample.length) return passing
  const without = new Set(failed.map(({ key }) => key))
  return concerned.filter(({ key }) => !without.has(key))
}

/** Whose times count for the candidate. */
export function countedOf(member: Member): CountedFiles {
  const { candidate, passing } = member
  if (candidate.scope !== 'files') return null
  const scale = weightOf(filesOf(member)) / Math.max(1, weightOf(passing))
  return { keys: new Set(keysOf(passing)), scale }
}

export function changeFor({ change }: BatchMember['candidate'], files: readonly SuiteFile[]): AppliedChange {
  return { change, files: new Set(files.map(({ key }) => key)) }
}

export function failuresIn(
  run: MeasuredRun,
  base: TrialResults,
  files: readonly SuiteFile[],
): ChangedResult[] {
  const keys = files.map(({ key }) => key)
  if (run.results !== undefined) return changedResults(base, run.results, new Set(keys))
  const lines = run.output.trim().split('\n')
  const reason = `Jest ended without results: ${lines.findLast(line => line.trim() !== '') ?? 'it took too long'}`
  return keys.map(key => {
    return { key, reason }
  })
}
