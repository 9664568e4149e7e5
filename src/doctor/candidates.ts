// All candidates that the profile speaks for, those first that may save the most. What only the whole suite can try takes the most
// time, and comes last.

import type { Candidate, CandidateRule, DoctorFacts } from './candidate.js'
import { calls } from './candidates/calls.js'
import { environments } from './candidates/environments.js'
import { fileMap } from './candidates/file-map.js'
import { modules } from './candidates/modules.js'
import { setUpFiles, setUpImports } from './candidates/set-up-files.js'
import { timers } from './candidates/timers.js'
import { transforms } from './candidates/transforms.js'
import { workers } from './candidates/workers.js'

const RULES: readonly CandidateRule[] = [
  environments,
  setUpFiles,
  setUpImports,
  modules,
  calls,
  timers,
  transforms,
  workers,
  fileMap,
]

export function candidatesOf(facts: DoctorFacts): Candidate[] {
  const isLong = ({ scope }: Candidate) => Number(scope === 'suite')
  return RULES.flatMap(rule => rule(facts)).toSorted((a, b) => isLong(a) - isLong(b) || b.mostMs - a.mostMs)
}
