// All changes that gained, at once, on the whole suite: gains may be the same one, and chance may have made one of them.

import type { CandidateAnswer, Confirmation } from './answer.js'
import type { DoctorFacts } from './candidate.js'
import type { AppliedChange } from './compose.js'
import type { Measuring } from './measuring.js'
import { changedResults } from './results.js'
import type { TrialResults } from './trial/trial-spec.js'
import { namedFiles, type Tried } from './try-candidate.js'

export interface Confirmed {
  readonly confirmation: Confirmation
  /** The changes, with the test files that pass with all of them. */
  readonly answers: readonly CandidateAnswer[]
}

/** Undefined if tests fail with the changes together, even where the files that failed go without. */
export async function confirm(
  winners: readonly Tried[],
  {
    facts,
    measuring,
    base,
    untilMs,
  }: { facts: DoctorFacts; measuring: Measuring; base: TrialResults; untilMs: number },
): Promise<Confirmed | undefined> {
  const all = togetherOf(winners, facts)
  const first = await measuring.run({ changes: all, only: null })
  if (first.results === undefined) return undefined
  const forbiddenBy = changedResults(base, first.results, null)
  const without = new Set(forbiddenBy.map(({ key }) => key))
  const changes = all.map(({ change, files }) => {
    return { change, files: new Set([...files].filter(key => !without.has(key))) }
  })
  if (forbiddenBy.length > 0) {
    const second = await measuring.run({ changes, only: null })
    if (second.results === undefined || changedResults(base, second.results, null).length > 0)
      return undefined
  }
  const { decision, count, saved, baseMs, changedMs } = await measuring.rounds(
    { changes, only: null },
    { candidates: 1, untilMs },
  )
  const forbidding = namedFiles(forbiddenBy, facts)
  return {
    answers: winners.map(winner => withoutFiles(winner, forbidding, facts)),
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

function withoutFiles(
  { candidate, answer }: Tried,
  forbidding: CandidateAnswer['forbiddenBy'],
  facts: DoctorFacts,
): CandidateAnswer {
  const without = new Set(forbidding.map(({ file }) => file))
  const files = answer.files.filter(path => !without.has(path))
  if (files.length === answer.files.length) return answer
  return {
    ...answer,
    files,
    forbiddenBy: [...answer.forbiddenBy, ...forbidding.filter(({ file }) => answer.files.includes(file))],
    patch: candidate.patch(files, files.length === facts.files.length),
  }
}

/** Of changes that exclude each other, a file gets the first. */
function togetherOf(winners: readonly Tried[], { files }: DoctorFacts): AppliedChange[] {
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
