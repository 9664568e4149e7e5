// What came before the run, where it was a good part of what the user waited for.

import type { Report, StartUpReport } from './report.js'

/** Of the whole. */
const LEAST_SHARE = 0.1

/** Undefined where it is not worth a word, or not known; and of a part of a run, to which it does not belong. */
export function notableStartUp({ run, totals }: Pick<Report, 'run' | 'totals'>): StartUpReport | undefined {
  const { startUp, selection } = run
  if (startUp === undefined || selection !== undefined) return undefined
  return startUp.wallMs < LEAST_SHARE * (startUp.wallMs + totals.wallMs) ? undefined : startUp
}
