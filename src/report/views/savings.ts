// What the command would take less without the cost of findings, in words.

import type { Finding, Report, WallSavings } from '../report.js'
import { duration } from './figures.js'

/** `1.20 s`, `1.10–1.20 s`, `up to 1.20 s` where it may be nothing, or `maybe 1.20 s` where the cause is a guess; `''` if unknown. */
export function savingsText(savings: WallSavings | null, confidence?: Finding['confidence']): string {
  if (savings === null) return ''
  const [low, high] = [duration(savings.low), duration(savings.high)]
  if (low === high) return high
  if (savings.low < LEAST_MS) return `${confidence === 'low' ? 'maybe' : 'up to'} ${high}`
  const [amount, unit] = low.split(' ')
  return `${high.endsWith(` ${unit}`) ? amount : low}–${high}`
}

/** Milliseconds that are not worth a lower bound. */
const LEAST_MS = 1

/** `all together up to 3.2 s of the command's 10.5 s`; `''` for a single finding, or if it is unknown. */
export function sumOfSavings({
  findings,
  savesWallMs,
  command,
  totals,
}: Pick<Report, 'findings' | 'savesWallMs' | 'command' | 'totals'>): string {
  if (findings.length < 2 || savesWallMs === null) return ''
  return `all together ${savingsText(savesWallMs)} of the command's ${duration(command?.wallMs ?? totals.wallMs)}`
}
