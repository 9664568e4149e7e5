// Candidates by `--only`: names, or kinds of them.

import { findNearest } from '../errors/nearest.js'
import { UserError } from '../errors/user-error.js'
import type { Candidate } from './candidate.js'

/** `only`: `barrel:src/index.ts`, or `barrel` for all barrels; empty: all. Throws a UserError for a name that no candidate has. */
export function chooseCandidates(candidates: readonly Candidate[], only: readonly string[]): Candidate[] {
  for (const name of only) {
    if (candidates.some(candidate => isMeant(candidate, name))) continue
    const known = candidates.map(candidate => candidate.name)
    const [nearest] = findNearest(name, [...known, ...known.map(kindOf)])
    const hint =
      nearest !== undefined
        ? `Did you mean ${nearest}?`
        : known.length === 0
          ? 'The profile speaks for no change of this suite.'
          : `The profile speaks for: ${known.join(', ')}.`
    throw new UserError(`jest-profiler: --only ${name}: there is no such candidate for this suite. ${hint}`)
  }
  return candidates.filter(candidate => only.length === 0 || only.some(name => isMeant(candidate, name)))
}

function isMeant({ name }: Candidate, given: string): boolean {
  return name === given || kindOf(name) === given
}

function kindOf(name: string): string {
  return name.split(':', 1)[0] ?? name
}
