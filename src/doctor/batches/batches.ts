// Which candidates are tried in the same runs. No test file gets more than one of an arm's candidates, so each is measured on its own files.
// Arms that concern the same test files share the runs of the plain suite.

import { sum } from 'd3-array'
import type { Candidate, DoctorFacts, SuiteFile } from '../candidate.js'
import { weightOf } from '../tried.js'

export interface BatchMember {
  readonly candidate: Candidate
  /** Test files that get the change. */
  readonly concerned: readonly SuiteFile[]
}

/** What one run tries at once. */
type Arm = readonly BatchMember[]

/** Arms of the same test files. */
export type Batch = readonly Arm[]

/** `steady`: files whose results do not change by chance. Candidates that are not about test files have an arm of their own. */
export function batchesOf(
  candidates: readonly Candidate[],
  { files }: Pick<DoctorFacts, 'files'>,
  steady: ReadonlySet<string>,
): Batch[] {
  const arms: BatchMember[][] = []
  for (const candidate of candidates) {
    const meant = new Set(candidate.files)
    const concerned = files.filter(({ key }) => meant.has(key) && steady.has(key))
    const member = { candidate, concerned }
    const fitting = candidate.scope === 'files' ? arms.find(arm => isApart(member, arm)) : undefined
    if (fitting === undefined) arms.push([member])
    else fitting.push(member)
  }
  const batches: Arm[][] = []
  for (const arm of arms) {
    const alike = batches.find(batch => batch.every(other => isAlike(arm, other)))
    if (alike === undefined) batches.push([arm])
    else alike.push(arm)
  }
  return batches.toSorted((a, b) => promise(b) - promise(a))
}

/** How much longer a run may take with the files of another arm, so that both share the runs of the plain suite. */
const MOST_OTHERS = 1.3

/** What only the whole suite can try shares its runs with nothing else. */
function isAlike(one: Arm, other: Arm): boolean {
  const all = [...one, ...other]
  if (all.some(({ candidate }) => candidate.scope === 'suite')) return false
  const both = weightOf(filesOfArm(all))
  return [one, other].every(arm => both <= MOST_OTHERS * weightOf(filesOfArm(arm)))
}

export function filesOfArm(arm: Arm): SuiteFile[] {
  return [...new Set(arm.flatMap(({ concerned }) => concerned))]
}

/** What a batch may save, by the test files that each of its runs has. What only the whole suite can try comes last. */
function promise(batch: Batch): number {
  const members = batch.flat()
  if (members.some(({ candidate }) => candidate.scope === 'suite')) return 0
  const runs = sum(batch, arm => weightOf(filesOfArm(arm)))
  return sum(members, ({ candidate }) => candidate.mostMs) / Math.max(1, runs)
}

function isApart({ concerned }: BatchMember, arm: Arm): boolean {
  const keys = new Set(concerned.map(({ key }) => key))
  return arm.every(
    ({ candidate, concerned: others }) =>
      candidate.scope === 'files' && others.every(({ key }) => !keys.has(key)),
  )
}
