// Per-file, per-test and per-category views are selections of the one profile, not separate recordings.

import { at } from './columns.js'
import type { Profile, Samples, Scope, ScopeIndex, StackIndex } from './profile.js'

/** The same frames and stacks with only the samples whose scope is wanted. Lines, which know no scope, are left out. */
export function selectScopes(profile: Profile, wanted: (scope: Scope) => boolean): Profile {
  const { samples, scopes } = profile
  const keep = scopes.map(wanted)
  const kept = {
    stack: [] as StackIndex[],
    scope: [] as ScopeIndex[],
    weight: [] as number[],
    count: [] as number[],
  }
  for (let row = 0; row < samples.stack.length; row++) {
    const scope = at(samples.scope, row)
    if (!at(keep, scope)) continue
    kept.scope.push(scope)
    kept.stack.push(at(samples.stack, row))
    kept.weight.push(at(samples.weight, row))
    kept.count.push(at(samples.count, row))
  }
  return { ...profile, samples: kept satisfies Samples, lines: { frame: [], line: [], weight: [] } }
}
