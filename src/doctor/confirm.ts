// All changes that gained, at once, on the whole suite: gains may be the same one, and chance may have made one of them.

import { median } from 'd3-array'
import type { CandidateAnswer, Confirmation, Saved } from './answer.js'
import type { DoctorFacts } from './candidate.js'
import type { Measuring } from './rounds/measuring.js'
import type { Round } from './rounds/round-figures.js'
import { FEWEST_ROUNDS, MOST_ROUNDS } from './rounds/statistics.js'
import { type Assigned, assigned, changeOf, passingTogether } from './together.js'
import type { TrialResults } from './trial/trial-spec.js'
import { namedFiles, type Tried, weightOf } from './tried.js'

/** The name of the change of all that gained. */
const TOGETHER = 'together'

export interface Confirmed {
  readonly confirmation: Confirmation
  /** The changes, with the test files that pass with all of them. */
  readonly answers: readonly CandidateAnswer[]
}

interface ConfirmContext {
  readonly facts: DoctorFacts
  readonly measuring: Measuring
  readonly base: TrialResults
  readonly untilMs: number
}

/** Undefined if tests fail with the changes together, even where the files that failed go without. */
export async function confirm(
  winners: readonly Tried[],
  { untilMs, ...context }: ConfirmContext,
): Promise<Confirmed | undefined> {
  const { facts, measuring } = context
  const passing = await passingTogether(assigned(winners, facts), context)
  if (passing === undefined) return undefined
  const worth = passing.filter(({ files }) => files.length > 0)
  if (worth.length === 0) return undefined
  const comparing = { changes: worth.map(changeOf), only: null }
  const rounds: Round[] = []
  let judged = measuring.judge(TOGETHER, rounds, null, 1)
  while (judged.decision === 'open' && rounds.length < MOST_ROUNDS) {
    if (rounds.length >= FEWEST_ROUNDS && performance.now() > untilMs) break
    rounds.push(...(await measuring.round([comparing], null, rounds.length)))
    judged = measuring.judge(TOGETHER, rounds, null, 1)
  }
  return {
    answers: worth.map(one => confirmedAnswer(one, facts)),
    confirmation: {
      ...judged.saved,
      rounds: judged.count,
      isConfirmed: judged.decision === 'gain',
      baseMs: median(rounds, ({ base }) => base.wallMs) ?? 0,
      changedMs: median(rounds, ({ changed }) => changed.wallMs) ?? 0,
      candidates: worth.map(({ candidate }) => candidate.name),
    },
  }
}

function confirmedAnswer(
  { candidate, answer, files, forbiddenBy }: Assigned,
  facts: DoctorFacts,
): CandidateAnswer {
  const paths = files.map(({ path }) => path).toSorted()
  const before = facts.files.filter(({ path }) => answer.files.includes(path))
  const left = weightOf(files) / Math.max(1, weightOf(before))
  return {
    ...answer,
    saved: answer.saved && candidate.scope === 'files' ? scaled(answer.saved, left) : answer.saved,
    files: paths,
    forbiddenBy: [...answer.forbiddenBy, ...namedFiles(forbiddenBy, facts)],
    patch: candidate.patch(paths, paths.length === facts.files.length),
  }
}

/** What is left to save where some of the files lost the change. */
function scaled({ wallMs, interval95Ms: [low, high], cpuMs, ...rest }: Saved, share: number): Saved {
  return {
    ...rest,
    wallMs: wallMs * share,
    interval95Ms: [low * share, high * share],
    cpuMs: cpuMs === null ? null : cpuMs * share,
  }
}
