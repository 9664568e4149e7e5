// Which candidates are tried in the same runs. No test file gets more than one of an arm's candidates, so each is measured on its own files.
// Arms that concern the same test files share the runs of the plain suite.

import { group, sum } from 'd3-array'
import type { Candidate, DoctorFacts, SuiteFile } from './candidate.js'
import { weightOf } from './tried.js'

export interface BatchMember {
  readonly candidate: Candidate
  /** Test files that get the change. */
  readonly concerned: readonly SuiteFile[]
}

/** What one run tries at once. */
export type Arm = readonly BatchMember[]

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
  return [...group(arms, filesOfArm).values()].toSorted((a, b) => promise(b) - promise(a))
}

/** What a batch may save, by the test files that each of its runs has. What only the whole suite can try comes last. */
function promise(batch: Batch): number {
  const members = batch.flat()
  if (members.some(({ candidate }) => candidate.scope === 'suite')) return 0
  const runs = sum(batch, arm => weightOf(arm.flatMap(({ concerned }) => [...concerned])))
  return sum(members, ({ candidate }) => candidate.mostMs) / Math.max(1, runs)
}

/** What only the whole suite can try shares its runs with nothing else. */
function filesOfArm(arm: Arm): string {
  const own = arm.map(({ candidate }) => (candidate.scope === 'suite' ? candidate.name : ''))
  const keys = arm.flatMap(({ concerned }) => concerned.map(({ key }) => key)).toSorted()
  return [...own, ...keys].join('\n')
}

function isApart({ concerned }: BatchMember, arm: Arm): boolean {
  const keys = new Set(concerned.map(({ key }) => key))
  return arm.every(
    ({ candidate, concerned: others }) =>
      candidate.scope === 'files' && others.every(({ key }) => !keys.has(key)),
  )
}
