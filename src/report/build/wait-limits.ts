// What of the waits is not known because recording it would have slowed the tests: in which files, and what share is.

import type { RecordingSummary } from '../record/recording-summary.js'
import { count, duration, percent } from '../views/figures.js'

/** One sentence each. */
export function waitLimits(recorded: readonly RecordingSummary[]): string[] {
  return [...thinningLimit(recorded), ...pauseLimit(recorded)]
}

function thinningLimit(recorded: readonly RecordingSummary[]): string[] {
  const kinds = new Map<string, { created: number; kept: number }>()
  const thinned = recorded.filter(({ waitGaps }) => waitGaps.thinned.length > 0)
  for (const { waitGaps } of thinned) {
    for (const { kind, created, kept } of waitGaps.thinned) {
      const sum = kinds.get(kind) ?? { created: 0, kept: 0 }
      kinds.set(kind, { created: sum.created + created, kept: sum.kept + kept })
    }
  }
  if (kinds.size === 0) return []
  const shares = [...kinds].map(
    ([kind, { created, kept }]) =>
      `${kind} ${percent(kept, created)} (${kept.toLocaleString('en-US')} of ${created.toLocaleString('en-US')})`,
  )
  return [
    `In ${count(thinned.length, 'file')} so many things were started that might be waited for that only a share of each kind was ` +
      `recorded with the line that started it, and stands for the others: ${shares.join(', ')}.`,
  ]
}

function pauseLimit(recorded: readonly RecordingSummary[]): string[] {
  const paused = recorded.filter(({ waitGaps }) => waitGaps.pausedMicros > 0)
  if (paused.length === 0) return []
  const micros = paused.reduce((sum, { waitGaps }) => sum + waitGaps.pausedMicros, 0)
  return [
    `In ${count(paused.length, 'file')} recording waits was stopped for ${duration(micros / 1000)} in all, because it would have slowed the ` +
      'tests: what was waited for in that time is unknown.',
  ]
}
