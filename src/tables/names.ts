// How things of the report are called, in every output. Names come from test code: outputs make them safe. Needs no Node.

import { ANONYMOUS } from '../profile/frame.js'
import { isOwnFile } from '../profile/own-code.js'
import type { HookReport, WaitReport } from '../report/account-reports.js'
import type { CallReport, Position } from '../report/code-reports.js'
import type { TestReport } from '../report/file-report.js'

/** The name of a test or describe block: its blocks, outermost first, and its title. */
export function nameText(name: readonly string[]): string {
  return name.join(' › ')
}

export function hookName({ type, describe }: Pick<HookReport, 'type' | 'describe'>): string {
  return describe.length === 0 ? type : `${type} of ${nameText(describe)}`
}

/** `×3`; `''` for one alone. */
export function timesText(amount: number): string {
  return amount > 1 ? `×${amount.toLocaleString('en-US')}` : ''
}

/** What a wait was for. */
export function waitedFor({ kind }: Pick<WaitReport, 'kind'>): string {
  return kind === 'not recorded' ? 'not recorded: set the option waits (--waits)' : kind
}

/** Who started a wait: the calls of the project's own code, innermost first, or else of whatever code there is. */
export function startingCalls({ stack }: Pick<WaitReport, 'stack'>): CallReport[] {
  const own = stack.filter(({ file }) => isOwnFile(file))
  return withoutInnerFunctions(own.length > 0 ? own : stack)
}

/** The executor of `new Promise(resolve => setTimeout(resolve, 50))` is the helper around it, on the same line. */
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

/** What sets a test or attempt apart from one that simply passed. */
export function outcome({ status, attempt, index }: TestReport, siblings: readonly TestReport[]): string[] {
  const attempts = siblings.filter(test => test.index === index).length
  return [...(attempts > 1 ? [`attempt ${attempt}`] : []), ...(status === 'passed' ? [] : [status])]
}

/** As JSON has a call. */
export function callText({ function: name, ...place }: CallReport): string {
  return `${name} ${placeText(place)}`
}

/** As JSON has a place. */
export function placeText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`
}
