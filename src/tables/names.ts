// The names of waits, calls and outcomes of tests in all outputs. Names come from test code: outputs make them safe. Needs no Node.

import { ANONYMOUS } from '../profile/frame.js'
import { ownOrAllCalls } from '../profile/own-code.js'
import type { WaitReport } from '../report/account-reports.js'
import type { CallReport, Position } from '../report/code-reports.js'
import type { TestReport } from '../report/file-report.js'

/** `×3`; `''` for 1. */
export function timesText(amount: number): string {
  return amount > 1 ? `×${amount.toLocaleString('en-US')}` : ''
}

/** The event or call that a wait waited for. */
export function waitedFor({ kind }: Pick<WaitReport, 'kind'>): string {
  return kind === 'not recorded' ? 'not recorded: set the option waits (--waits)' : kind
}

/** The calls that started a wait, innermost first: those of the project's own code, or all calls if there are none. */
export function startingCalls({ stack }: Pick<WaitReport, 'stack'>): CallReport[] {
  return withoutInnerFunctions(ownOrAllCalls(stack))
}

/** Merges the executor of `new Promise(resolve => setTimeout(resolve, 50))` with the helper around it on the same line. */
function withoutInnerFunctions(stack: readonly CallReport[]): CallReport[] {
  const calls: CallReport[] = []
  for (const call of stack) {
    const inner = calls.at(-1)
    const isSameLine = inner?.file === call.file && inner.line === call.line
    if (inner === undefined || !isSameLine || inner.function !== ANONYMOUS) calls.push(call)
    else calls[calls.length - 1] = { ...inner, function: call.function }
  }
  return calls
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
