// Which of the changes that gained each test file gets, so that its tests pass with all of them.

import type { DoctorFacts, SuiteFile } from './candidate.js'
import type { Measuring } from './rounds/measuring.js'
import { type ChangedResult, changedResults } from './runs/results.js'
import type { TrialResults } from './trial/trial-spec.js'
import type { Tried } from './tried.js'

export interface Assigned extends Tried {
  readonly files: readonly SuiteFile[]
  /** Found only when changes ran together. */
  readonly forbiddenBy: readonly ChangedResult[]
}

interface TogetherContext {
  readonly facts: DoctorFacts
  readonly measuring: Measuring
  readonly base: TrialResults
}

/** Of changes that exclude each other, a file gets the first. Those that no file is left for are not among the results. */
export function assigned(winners: readonly Tried[], { files }: DoctorFacts): Assigned[] {
  const taken = new Map<string, Set<string>>()
  return winners
    .map(({ candidate, answer }) => {
      const passing = new Set(answer.files)
      const meant = new Set(candidate.files)
      const name = candidate.group ?? candidate.name
      const others = taken.get(name) ?? new Set<string>()
      const own = files.filter(({ key, path }) => meant.has(key) && passing.has(path) && !others.has(key))
      taken.set(name, new Set([...others, ...own.map(({ key }) => key)]))
      return { candidate, answer, files: own, forbiddenBy: [] }
    })
    .filter(({ files: own }) => own.length > 0)
}

/**
 * The same, without the files that fail: each change that concerns such files is tried on them alone, and loses those that fail. Undefined
 * if some fail even so.
 */
export async function passingTogether(
  changes: readonly Assigned[],
  context: TogetherContext,
): Promise<readonly Assigned[] | undefined> {
  const failed = await failuresWith(changes, context)
  if (failed === undefined || failed.length === 0) return failed && changes
  const alone: Assigned[] = []
  for (const one of changes) {
    const concerned = one.files.filter(({ key }) => failed.some(entry => entry.key === key))
    const own =
      concerned.length === 0
        ? []
        : ((await failuresWith([{ ...one, files: concerned }], context, concerned)) ?? failed)
    alone.push(withoutFiles(one, own))
  }
  const rest = await failuresWith(alone, context)
  if (rest === undefined || rest.length === 0) return rest && alone
  // They fail only with several changes at once.
  const apart = alone.map(one => withoutFiles(one, rest))
  const last = await failuresWith(apart, context)
  return last?.length === 0 ? apart : undefined
}

function withoutFiles(one: Assigned, failed: readonly ChangedResult[]): Assigned {
  const own = failed.filter(({ key }) => one.files.some(file => file.key === key))
  const without = new Set(own.map(({ key }) => key))
  return {
    ...one,
    files: one.files.filter(({ key }) => !without.has(key)),
    forbiddenBy: [...one.forbiddenBy, ...own],
  }
}

/** `only`: the files to run, by default all. Undefined: Jest ended without results. */
async function failuresWith(
  changes: readonly Assigned[],
  { measuring, base }: TogetherContext,
  only?: readonly SuiteFile[],
): Promise<ChangedResult[] | undefined> {
  const keys = only?.map(({ key }) => key) ?? null
  const { results } = await measuring.run({ changes: changes.map(changeOf), only: keys })
  return results && changedResults(base, results, keys && new Set(keys))
}

export function changeOf({ candidate, files }: Assigned) {
  return { change: candidate.change, files: new Set(files.map(({ key }) => key)) }
}
