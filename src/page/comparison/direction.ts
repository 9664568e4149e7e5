// How a change is coloured: only what is told from noise is.

import type { ComparisonRow } from '../../compare/comparison.js'

export function directionOf({
  certainty,
  changeMs,
  verdict,
}: Pick<ComparisonRow, 'certainty' | 'changeMs' | 'verdict'>): string {
  if (changeMs === null) return verdict
  if (certainty === 'unclear') return 'unclear'
  return changeMs > 0 ? 'slower' : 'faster'
}
