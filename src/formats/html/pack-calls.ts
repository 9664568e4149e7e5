// The calls of both sides → the columns that the page of a comparison reads, bounded.

import type { ComparedCalls } from '../../compare/calls/compared-calls.js'
import { PHASES } from '../../profile/profile.js'
import { duration } from '../../report/figures.js'
import type { PageCalls } from './comparison-page-data.js'
import { type LighterProfile, lighterProfile } from './lighter-profile.js'
import { packCode } from './pack-code.js'

/** Most stacks are those of one run alone: dozens of runs have many of them, of little weight. */
const MOST_STACKS = 80_000
/** Pairs of stacks and runs. Compressed, a page with all of them has some 6 MB. */
const MOST_ROWS = 800_000

export interface CallBounds {
  readonly mostStacks?: number
  readonly mostRows?: number
}

export function packCalls(
  { profile: whole, runs, intervalMs, uncertain }: ComparedCalls,
  { mostStacks = MOST_STACKS, mostRows = MOST_ROWS }: CallBounds = {},
): PageCalls {
  const { profile, lightest } = bounded(whole, { mostStacks, mostRows })
  const { samples, scopes } = profile
  return {
    // Paths are relative already.
    ...packCode(profile, file => file),
    scopes: {
      run: scopes.map(({ worker }) => worker),
      phase: scopes.map(({ phase }) => PHASES.indexOf(phase)),
    },
    samples: { stack: samples.stack, scope: samples.scope, weight: samples.weight },
    runs,
    intervalMicros: intervalMs * 1000,
    uncertain: [...uncertain],
    cuts:
      lightest === 0
        ? []
        : [
            `Calls of less than ${duration(lightest / 1000)} in all runs together are shown as “(smaller calls)”. All of them are in the runs’ own profiles.`,
          ],
  }
}

function bounded(
  whole: ComparedCalls['profile'],
  { mostStacks, mostRows }: Required<CallBounds>,
): LighterProfile {
  let most = mostStacks
  let lighter = lighterProfile(whole, most)
  while (lighter.profile.samples.stack.length > mostRows && most > 1) {
    most = Math.floor(most / 2)
    lighter = lighterProfile(whole, most)
  }
  return lighter
}
