// The calls of both sides → the columns that the page of a comparison reads, bounded.

import type { ComparedCalls } from '../../compare/calls/compared-calls.js'
import { PHASES } from '../../profile/profile.js'
import { duration } from '../../report/views/figures.js'
import type { PageCalls } from './comparison-page-data.js'
import { type Bounds, lighterProfile } from './lighter-profile.js'
import { packCode } from './pack-code.js'

/** Most stacks are those of one run alone: dozens of runs have many of them, of little weight. */
const MOST_STACKS = 80_000
/** Pairs of stacks and runs. Compressed, a page with all of them has some 6 MB. */
const MOST_ROWS = 800_000

export function packCalls(
  { profile: whole, runs, intervalMs, uncertain }: ComparedCalls,
  { mostStacks = MOST_STACKS, mostRows = MOST_ROWS }: Partial<Bounds> = {},
): PageCalls {
  const { profile, lightest } = lighterProfile(whole, { mostStacks, mostRows })
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
