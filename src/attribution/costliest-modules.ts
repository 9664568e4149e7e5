// The few modules of one recording that took longest to import: what a limit for single modules is compared with.

import { greatest } from 'd3-array'
import { byDescending } from '../profile/order.js'
import { type Microseconds, PHASES, type Phase } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { categoryOfModule, packageOf } from '../resolve/categories.js'
import { type ModuleTimes, moduleTimes } from './module-times.js'
import type { TimeSelection } from './time-selection.js'

/** For each test file; they stay in memory until the run has ended. */
export const MOST_MODULES = 20

/** One module in one test file, summed over its loads there. */
export interface CostlyModule {
  /** Absolute. */
  readonly path: string
  /** Path of the module that asked for it first; undefined: Jest itself did. */
  readonly importer: string | undefined
  readonly self: Microseconds
  /** With all that it loaded in turn. */
  readonly total: Microseconds
  /** In which most of `self` was spent. */
  readonly phase: Phase
  /** Whether its time rests on samples, as that of an ES module does, and not on measured calls. */
  readonly isSampled: boolean
}

/**
 * By total time. Neither the test file itself nor Jest's modules nor transformers are among them, nor what a package loads in turn: that
 * is in the time of the module of it that the user's code asked for.
 */
export function costliestModules(recording: ResolvedRecording, selection: TimeSelection): CostlyModule[] {
  const { testPath } = recording.header
  const costliest: CostlyModule[] = []
  const byTotal = moduleTimes(recording, selection).toSorted(byDescending('total', ({ path }) => path))
  for (const times of byTotal) {
    if (costliest.length === MOST_MODULES) break
    if (times.isTransformer) continue
    const { path, importer, self, total, isSampled } = times
    const category = categoryOfModule(path, testPath)
    if (category !== 'source' && category !== 'dependency') continue
    if (category === 'dependency' && importer !== undefined && packageOf(importer) !== undefined) continue
    costliest.push({ path, importer, self, total, phase: mainPhase(times), isSampled })
  }
  return costliest
}

function mainPhase({ phases }: ModuleTimes): Phase {
  return greatest(PHASES, phase => phases[phase] ?? Number.NaN) ?? 'other'
}
