// The Comparison as it is, for `jest-profiler diff --json`.

import type { Comparison } from '../../compare/comparison.js'

export function comparisonToJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 1)}\n`
}
