// CPU contention: threads were runnable but not scheduled, so wall times are too long.

import type { Totals } from '../report.js'
import { duration, percent } from './figures.js'

/** The warning needs this share of the files' time, and this many milliseconds. */
const LEAST_SHARE = 0.2
const LEAST_MS = 100

/** A smaller share of the files' time is not shown. */
const LEAST_SHARE_SHOWN = 0.01

/** Time without a core in milliseconds; null if unknown or too little to show. */
export function shownReadyMs({ fileWallMs, readyMs }: Pick<Totals, 'fileWallMs' | 'readyMs'>): number | null {
  return readyMs !== null && readyMs > 0 && readyMs >= LEAST_SHARE_SHOWN * fileWallMs ? readyMs : null
}

/** A warning with the amount, without a full stop; `''` if there were enough cores or it is unknown. */
export function busyMachineText({ fileWallMs, readyMs }: Pick<Totals, 'fileWallMs' | 'readyMs'>): string {
  if (readyMs === null || readyMs < LEAST_MS || readyMs <= LEAST_SHARE * fileWallMs) return ''
  const share = percent(readyMs, fileWallMs)
  return `CPU contention: threads were runnable but not scheduled for ${duration(readyMs)} (${share}): wall times are too long; slow tests are ranked without this time`
}

/** The wall time of a file or test without the time when no core was free. */
export function ownMs({ wallMs, readyMs }: { wallMs: number; readyMs: number | null }): number {
  return wallMs - (readyMs ?? 0)
}
