// Whether a run has a V8 profile, and what outputs say if it has none.

import { takesSamples } from '../../recording/enums.js'
import type { Report } from '../report.js'

/** Whether functions, lines, packages and categories are known, and flame graphs can be drawn. */
export function hasProfile({ run }: { readonly run: Pick<Report['run'], 'engine'> }): boolean {
  return takesSamples(run)
}

/** Once in each output. */
export const WITHOUT_PROFILE =
  "Recorded without a V8 profile (engine 'none'): functions, lines, packages and flame graphs are unknown. To get them, run it again with `--engine inspector`."
