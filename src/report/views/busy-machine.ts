// A machine with too few free cores: threads could run and did not, so that wall times are too long.

import type { Totals } from '../report.js'
import { duration, percent } from './figures.js'

/** Of the files' time, and milliseconds. */
const LEAST_SHARE = 0.2
const LEAST_MS = 100

/** Of the files' time: less is not worth a figure on top. */
const LEAST_SHARE_SHOWN = 0.01

/** Time without a core, where it is worth a figure on top; else null. */
export function shownReadyMs({ fileWallMs, readyMs }: Pick<Totals, 'fileWallMs' | 'readyMs'>): number | null {
  return readyMs !== null && readyMs > 0 && readyMs >= LEAST_SHARE_SHOWN * fileWallMs ? readyMs : null
}

/** Whether wall times say little. */
function isShortOfCores({ fileWallMs, readyMs }: Pick<Totals, 'fileWallMs' | 'readyMs'>): boolean {
  return readyMs !== null && readyMs >= LEAST_MS && readyMs > LEAST_SHARE * fileWallMs
}

/** That it was so, and by how much, without a full stop; `''` where it was not, or that is not known. */
export function busyMachineText(totals: Pick<Totals, 'fileWallMs' | 'readyMs'>): string {
  const { fileWallMs, readyMs } = totals
  if (readyMs === null || !isShortOfCores(totals)) return ''
  const share = percent(readyMs, fileWallMs)
  return `CPU contention: threads were runnable but not scheduled for ${duration(readyMs)} (${share}): wall times are too long, slow tests are ranked without it`
}

/** What of a wall time is the file's or test's own. */
export function ownMs({ wallMs, readyMs }: { wallMs: number; readyMs: number | null }): number {
  return wallMs - (readyMs ?? 0)
}
