// The hook that took longest, of those runs of a file's hooks that are asked about.

import type { BudgetCause } from '../report/budget-report.js'
import type { FileHookReport, HookRunReport } from '../report/file-report.js'

/** Null when none took time. The first of equals. */
export function hookCause(
  hooks: readonly FileHookReport[],
  isMeant: (test: HookRunReport['test']) => boolean,
): BudgetCause | null {
  const sums = hooks.map(hook => {
    const runs = hook.runs.filter(({ test }) => isMeant(test))
    return { hook, ms: runs.reduce((sum, { wallMs }) => sum + wallMs, 0) }
  })
  const [longest] = sums.toSorted((a, b) => b.ms - a.ms)
  if (longest === undefined || longest.ms === 0) return null
  const { type, describe, file, line, column } = longest.hook
  const text = describe.length === 0 ? type : `${type} of ${describe.join(' › ')}`
  return { text, file, line, column, ms: Math.round(longest.ms * 1000) / 1000 }
}
