// Waiting of which it was not recorded what for. Needs no Node.

import type { Report } from '../report.js'
import { duration, percent } from './figures.js'

/** A share of the files' time, and milliseconds. */
const LEAST_SHARE = 0.2
const LEAST_MS = 500

/** Milliseconds of waits that were not recorded because the option `waits` was off. */
export function unrecordedWaitsMs({ waits }: Pick<Report, 'waits'>): number {
  return waits.find(({ kind }) => kind === 'not recorded')?.totalMs ?? 0
}

/** A caveat; `''` if waits were recorded, or are short. */
export function unrecordedWaitsText({
  totals,
  waits,
}: Pick<Report, 'waits'> & { totals: Pick<Report['totals'], 'fileWallMs'> }): string {
  const ms = unrecordedWaitsMs({ waits })
  if (ms < LEAST_MS || ms < LEAST_SHARE * totals.fileWallMs) return ''
  const share = percent(ms, totals.fileWallMs)
  return `${duration(ms)} of the files' time (${share}) is waiting, and what for was not recorded: run again with \`--waits\` to see it`
}
