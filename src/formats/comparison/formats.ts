// How a comparison can be written.

import type { Comparison } from '../../compare/comparison.js'

export const COMPARISON_FORMATS = ['text', 'markdown', 'json', 'html'] as const

export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number]

export function comparisonToJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 1)}\n`
}
