// The names of waits, calls and outcomes of tests in all outputs. Names come from test code: outputs make them safe. Needs no Node.

import type { WaitReport } from '../report/account-reports.js'
import type { CallReport, Position } from '../report/code-reports.js'
import type { TestReport } from '../report/file-report.js'
import { grouped } from '../report/views/figures.js'

/** `×3`; `''` for 1. */
export function timesText(amount: number): string {
  return amount > 1 ? `×${grouped(amount)}` : ''
}

/** The event or call that a wait waited for. */
export function waitedFor({ kind }: Pick<WaitReport, 'kind'>): string {
  return kind === 'not recorded' ? 'not recorded: set the option waits (--waits)' : kind
}

/** How a test or attempt differs from one that passed at the first attempt. */
export function outcome({ status, attempt, index }: TestReport, siblings: readonly TestReport[]): string[] {
  const attempts = siblings.filter(test => test.index === index).length
  return [...(attempts > 1 ? [`attempt ${attempt}`] : []), ...(status === 'passed' ? [] : [status])]
}

/** A call in JSON: `name file:line:column`. */
export function callText({ function: name, ...place }: CallReport): string {
  return `${name} ${placeText(place)}`
}

/** A place in JSON: `file:line:column`. */
export function placeText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`
}
