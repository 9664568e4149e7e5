// A hook that took longest → the cause of an excess.

import type { BudgetCause } from '../report/budget-report.js'
import type { FileHookReport } from '../report/file-report.js'
import { roundMs } from '../report/rounding.js'

export interface TimedHook {
  readonly hook: FileHookReport | undefined
  readonly wallMs: number
}

/** Null when none took time. The first of equals. */
export function hookCause(hooks: readonly TimedHook[]): BudgetCause | null {
  const [longest] = hooks.toSorted((a, b) => b.wallMs - a.wallMs)
  if (longest?.hook === undefined || longest.wallMs === 0) return null
  const { type, describe, file, line, column } = longest.hook
  const text = describe.length === 0 ? type : `${type} of ${describe.join(' › ')}`
  return { text, file, line, column, ms: roundMs(longest.wallMs) }
}
