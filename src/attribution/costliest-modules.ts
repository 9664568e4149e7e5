// The modules of one recording that took longest to import: budgets for single modules are checked against them.

import { greatest } from 'd3-array'
import { byDescending } from '../profile/order.js'
import { type Microseconds, PHASES, type Phase } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { categoryOfModule, packageOf } from '../resolve/categories.js'
import { type ModuleTimes, moduleTimes } from './module-times.js'
import type { TimeSelection } from './timeline.js'

/** Per test file. They are kept in memory until the run has ended. */
export const MOST_MODULES = 20

/** One module in one test file, summed over its loads. */
export interface CostlyModule {
  /** Absolute path. */
  readonly path: string
  /** Path of the module that asked for it first; undefined if that was Jest. */
  readonly importer: string | undefined
  readonly self: Microseconds
  /** Including everything that it loaded in turn. */
  readonly total: Microseconds
  /** Phase in which most of `self` was spent. */
  readonly phase: Phase
  /** Whether its times are based on samples, as those of ES modules are, and not on measured calls. */
  readonly isSampled: boolean
}

/** In descending order of total time, without the test file, Jest's modules, transformers, and modules that packages load in turn. */
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
