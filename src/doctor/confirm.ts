// All changes that gained, at once, on the whole suite: gains may be the same one, and chance may have made one of them.

import type { CandidateAnswer, Confirmation } from './answer.js'
import type { Candidate, DoctorFacts } from './candidate.js'
import type { AppliedChange } from './compose.js'
import type { Measuring } from './measuring.js'
import { type ChangedResult, changedResults } from './results.js'
import type { TrialResults } from './trial/trial-spec.js'

export interface Winner {
  readonly candidate: Candidate
  readonly answer: CandidateAnswer
}

export interface Confirmed {
  readonly confirmation: Confirmation
  /** Test files that fail with the changes together, so that they go without any. */
  readonly forbiddenBy: readonly ChangedResult[]
}

/** Undefined if no file passes with them. */
export async function confirm(
  winners: readonly Winner[],
  {
    facts,
    measuring,
    base,
    untilMs,
  }: { facts: DoctorFacts; measuring: Measuring; base: TrialResults; untilMs: number },
): Promise<Confirmed | undefined> {
  const all = togetherOf(winners, facts)
  const first = await measuring.run(all, null)
  if (first.results === undefined) return undefined
  const forbiddenBy = changedResults(base, first.results, null)
  const without = new Set(forbiddenBy.map(({ key }) => key))
  const changes = all.map(({ change, files }) => {
    return { change, files: new Set([...files].filter(key => !without.has(key))) }
  })
  if (forbiddenBy.length > 0) {
    const second = await measuring.run(changes, null)
    if (second.results === undefined || changedResults(base, second.results, null).length > 0)
      return undefined
  }
  const { decision, count, saved, baseMs, changedMs } = await measuring.rounds(changes, null, {
    candidates: 1,
    untilMs,
  })
  return {
    forbiddenBy,
    confirmation: {
      ...saved,
      rounds: count,
      isConfirmed: decision === 'gain',
      baseMs,
      changedMs,
      candidates: winners.map(({ candidate }) => candidate.name),
    },
  }
}

/** Of changes that exclude each other, a file gets the first. */
function togetherOf(winners: readonly Winner[], { files }: DoctorFacts): AppliedChange[] {
  const taken = new Map<string, Set<string>>()
  return winners.map(({ candidate, answer }) => {
    const { group, change } = candidate
    const passing = new Set(answer.files)
    const concerned = new Set(candidate.files)
    const others = taken.get(group ?? candidate.name) ?? new Set<string>()
    const own = files.filter(({ key, path }) => concerned.has(key) && passing.has(path) && !others.has(key))
    taken.set(group ?? candidate.name, new Set([...others, ...own.map(({ key }) => key)]))
    return { change, files: new Set(own.map(({ key }) => key)) }
  })
}
