// A machine with too few free cores: threads were runnable but not scheduled, so wall times are too long.

import type { Totals } from '../report.js'
import { duration, percent } from './figures.js'

/** A share of the files' time, and milliseconds. */
const LEAST_SHARE = 0.2
const LEAST_MS = 100

/** A share of the files' time: less is not shown. */
const LEAST_SHARE_SHOWN = 0.01

/** Time without a core, if it is worth showing; else null. */
export function shownReadyMs({ fileWallMs, readyMs }: Pick<Totals, 'fileWallMs' | 'readyMs'>): number | null {
  return readyMs !== null && readyMs > 0 && readyMs >= LEAST_SHARE_SHOWN * fileWallMs ? readyMs : null
}

/** Whether wall times say little. */
function isShortOfCores({ fileWallMs, readyMs }: Pick<Totals, 'fileWallMs' | 'readyMs'>): boolean {
  return readyMs !== null && readyMs >= LEAST_MS && readyMs > LEAST_SHARE * fileWallMs
}

/** A warning with the amount, without a full stop; `''` where there were enough cores, or that is unknown. */
export function busyMachineText(totals: Pick<Totals, 'fileWallMs' | 'readyMs'>): string {
  const { fileWallMs, readyMs } = totals
  if (readyMs === null || !isShortOfCores(totals)) return ''
  const share = percent(readyMs, fileWallMs)
  return `CPU contention: threads were runnable but not scheduled for ${duration(readyMs)} (${share}): wall times are too long; slow tests are ranked without this time`
}

/** The part of a wall time that is the file's or test's own. */
export function ownMs({ wallMs, readyMs }: { wallMs: number; readyMs: number | null }): number {
  return wallMs - (readyMs ?? 0)
}
