// How far a figure may be above the truth, in milliseconds: an excess that is no larger fails no run.

import type { FileReport, PhaseTimes, TestReport } from '../report/file-report.js'
import { roundMs } from '../report/rounding.js'

type ClockTimes = Pick<PhaseTimes, 'readyMs' | 'uncertaintyMs'>
/** Without figures where they are not known. */
type KnownTimes = ClockTimes | Pick<TestReport | FileReport, keyof ClockTimes>

/**
 * For wall time. Its marks are exact to some microseconds; what is not the test's own is the time for which its thread
 * was ready to run and did not, since the machine had too few free cores. Where neither Node (before 22.19)
 * nor Linux tells how long a thread ran, this is null: nothing is known of that. Neither is known what another process that was waited for
 * would have taken on a free machine.
 */
export function wallUncertaintyMs({ readyMs }: KnownTimes): number | null {
  return readyMs
}

/** For CPU time: null where the thread's own clock is not known, so that time without a core is part of it. */
export function cpuUncertaintyMs({ readyMs, uncertaintyMs }: KnownTimes): number | null {
  return readyMs === null ? null : uncertaintyMs
}

/**
 * For what one module took: at most all of its phase's time in which the thread did not run, because it is unknown when that
 * was; and where samples show its time, the interval between two of them.
 */
export function moduleUncertaintyMs(
  totalMs: number,
  { phase, intervalMs }: { phase: ClockTimes | undefined; intervalMs: number },
): number | null {
  const notRun = phase === undefined ? 0 : wallUncertaintyMs(phase)
  // What samples show is known to be no surer than they are.
  if (notRun === null && intervalMs === 0) return null
  return roundMs(Math.min(totalMs, notRun ?? 0) + intervalMs)
}
