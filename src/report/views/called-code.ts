// What the project's code calls, each function of a package, matcher or built-in once, whoever calls it. Needs no Node.

import { MATCHER_MESSAGE, UNNAMED_MATCHER } from '../../jest/called-frames.js'
import { getOrMake } from '../../profile/columns.js'
import { ANONYMOUS, RESUMED } from '../../profile/frame.js'
import { byDescending } from '../../profile/order.js'
import type { CallRow } from '../code-reports.js'
import type { Report } from '../report.js'

export interface CalledCode {
  /** As in the source where that is known. */
  readonly name: string
  readonly totalMs: number
  /** Number of functions that make the call. */
  readonly callers: number
  /** The most expensive call. */
  readonly first: CallRow
  /** The call by each function, the most expensive first. */
  readonly calls: readonly CallRow[]
}

/** With fewer samples, a rank would be chance. */
const FEW_SAMPLES = 2

/** Most expensive first. */
export function calledCode({ calls }: Pick<Report, 'calls'>): CalledCode[] {
  const groups = new Map<string, CallRow[]>()
  for (const call of calls) getOrMake(groups, calleeKey(call), () => []).push(call)
  return [...groups.values()]
    .filter(group => group.reduce((sum, { sampleCount }) => sum + sampleCount, 0) >= FEW_SAMPLES)
    .flatMap(group => {
      const [first] = group
      if (first === undefined) return []
      const totalMs = group.reduce((sum, call) => sum + call.totalMs, 0)
      return [
        { name: calleeName(namingCall(group, first)), totalMs, callers: group.length, first, calls: group },
      ]
    })
    .toSorted(byDescending<CalledCode>('totalMs', ({ name }) => name))
}

/** Of what runs after an await, at least, for one call to name it. */
const MOST_OF_RESUMED = 0.8

/** One of the calls of a function whose name holds for all of them, `any` if the source names none; without the name in the source if that does not hold. */
export function namingCall(calls: readonly CallRow[], any: CallRow): CallRow {
  const first = calls.find(({ callee }) => callee.writtenAs.length > 0) ?? any
  if (first.callee.function !== RESUMED) return first
  const isSame = ({ callee }: CallRow) => callee.writtenAs.join() === first.callee.writtenAs.join()
  const sumOf = (rows: readonly CallRow[]) => rows.reduce((sum, { totalMs }) => sum + totalMs, 0)
  const holds = sumOf(calls.filter(isSame)) >= MOST_OF_RESUMED * sumOf(calls)
  return holds ? first : { ...first, callee: { ...first.callee, writtenAs: [] } }
}

/** The same for all calls of one function. */
export function calleeKey({ kind, callee }: Pick<CallRow, 'kind' | 'callee'>): string {
  return [kind, callee.package, callee.function].join('\0')
}

/** `@testing-library/dom › getByRole`, `expect › toEqual`, `require`. */
export function calleeName({ kind, callee }: Pick<CallRow, 'kind' | 'callee'>): string {
  const { function: called, writtenAs, package: owner } = callee
  if (kind === 'matcher') return matcherName({ called, writtenAs })
  if (kind !== 'library' && kind !== 'node') return called
  // The test awaits a call, which need not be one of the package that works meanwhile.
  if (called === RESUMED && writtenAs.length > 0) return `${owner} during await ${writtenAs.join(', ')}`
  const name = writtenAs.length > 0 ? writtenAs.join(', ') : called
  return name === ANONYMOUS ? (owner ?? name) : [owner, name].filter(part => part !== null).join(' › ')
}

function matcherName({ called, writtenAs }: { called: string; writtenAs: readonly string[] }): string {
  if (called === 'expect') return called
  const isNamed = called !== UNNAMED_MATCHER && called !== MATCHER_MESSAGE
  const name = isNamed || writtenAs.length === 0 ? called : writtenAs.join(', ')
  return called === MATCHER_MESSAGE && writtenAs.length > 0
    ? `expect › ${name} (message)`
    : `expect › ${name}`
}
