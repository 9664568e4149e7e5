// What is gained by following findings, in words.

import type { Finding, Report, WallSavings } from '../report.js'
import { bytes, count, duration } from './figures.js'

/** `1.20 s`, `1.10–1.20 s`, `up to 1.20 s` where it may be nothing, or `maybe 1.20 s` where the cause is a guess; `''` if unknown. */
export function savingsText(savings: WallSavings | null, confidence?: Finding['confidence']): string {
  if (savings === null) return ''
  const [low, high] = [duration(savings.low), duration(savings.high)]
  if (low === high) return high
  if (savings.low < LEAST_MS) return `${confidence === 'low' ? 'maybe' : 'up to'} ${high}`
  const [amount, unit] = low.split(' ')
  return `${high.endsWith(` ${unit}`) ? amount : low}–${high}`
}

type Subject = Pick<Finding, 'retainedBytes' | 'allocatedBytes' | 'heapBytes' | 'failures'>

/** Whether a finding is about time, and not about memory or tests that fail. */
export function isAboutTime(finding: Subject): boolean {
  return insteadOfTime(finding) === ''
}

/** `12 MB kept`, `80 MB allocated`, `2 tests failed`: what a finding is about in place of time; `''` if it is about time. */
export function insteadOfTime({ retainedBytes, allocatedBytes, heapBytes, failures }: Subject): string {
  if (retainedBytes !== undefined) return `${bytes(retainedBytes)} kept`
  if (allocatedBytes !== undefined) return `${bytes(allocatedBytes)} allocated`
  if (heapBytes !== undefined) return `${bytes(heapBytes)} heap`
  if (failures === undefined) return ''
  return failures.failed > 0
    ? `${count(failures.failed, 'test')} failed`
    : `${count(failures.nearly, 'test')} at risk`
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
  if (findings.length < 2 || savesWallMs === null || savesWallMs.high < LEAST_MS) return ''
  return `all together ${savingsText(savesWallMs)} of the command's ${duration(command?.wallMs ?? totals.wallMs)}`
}
