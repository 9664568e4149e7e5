// The calls of both sides → the columns that the page of a comparison reads, bounded.

import type { ComparedCalls } from '../../compare/calls.js'
import { PHASES } from '../../profile/profile.js'
import { type Bounds, OTHER, prune } from '../../profile/prune.js'
import { duration } from '../../report/views/figures.js'
import type { PageCalls } from './comparison-page-data.js'
import { packCode } from './pack-code.js'

/**
 * Most stacks are those of one run alone: dozens of runs have many of them, of little weight. With all these pairs of
 * stacks and runs, a page has some 6 MB.
 */
const BOUNDS: Bounds = { stacks: 80_000, rows: 800_000 }

export function packCalls(
  { profile: whole, runs, intervalMs, uncertain }: ComparedCalls,
  bounds = BOUNDS,
): PageCalls {
  const { profile, lightest } = prune(whole, bounds)
  const { scopes } = profile
  return {
    // Paths are relative already.
    ...packCode(profile, file => file),
    scopes: {
      run: scopes.map(({ worker }) => worker),
      phase: scopes.map(({ phase }) => PHASES.indexOf(phase)),
    },
    runs,
    intervalMicros: intervalMs * 1000,
    uncertain: [...uncertain],
    cuts:
      lightest === 0
        ? []
        : [
            `Calls of less than ${duration(lightest / 1000)} in all runs together are shown as “${OTHER.name}”. All of them are in the runs’ own profiles.`,
          ],
  }
}
