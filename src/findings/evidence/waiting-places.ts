// Waits by the line of the project's own code that started them, however it was called.

import { group, sum } from 'd3-array'
import { at, increase } from '../../profile/columns.js'
import { compareText } from '../../profile/order.js'
import type { CallReport } from '../../report/code-reports.js'
import { count, duration } from '../../report/views/figures.js'
import type { OwnWait } from './own-waits.js'
import { place } from './places.js'

export interface WaitingPlace {
  /** What these waits have in common. */
  readonly at: CallReport
  /** The innermost of the project's own calls. */
  readonly call: CallReport
  readonly count: number
  readonly totalMs: number
  /** Milliseconds that passed in hooks, by their places. */
  readonly inHooks: ReadonlyMap<string, number>
  /** Number of tests that waited. */
  readonly tests: number
  /** From where most of the time was asked for; undefined when only the line itself is known. */
  readonly caller: string | undefined
}

/** In the order of the waits. */
export function waitingPlaces(
  waits: readonly OwnWait[],
  placeOf = ({ innermost }: OwnWait) => innermost,
): WaitingPlace[] {
  const byPlace = group(waits, wait => place(placeOf(wait)))
  return [...byPlace.values()].map(waitsThere => {
    const first = at(waitsThere, 0)
    const call = first.innermost
    return {
      at: placeOf(first),
      call,
      count: sum(waitsThere, wait => wait.count),
      totalMs: sum(waitsThere, wait => wait.totalMs),
      inHooks: timesInHooks(waitsThere),
      tests: new Set(waitsThere.flatMap(({ tests }) => [...tests])).size,
      caller: callerOf(call, waitsThere),
    }
  })
}

export function timesInHooks(waits: readonly OwnWait[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { inHooks } of waits) for (const [hook, ms] of inHooks) increase(sums, hook, ms)
  return sums
}

function callerOf(call: CallReport, waits: readonly OwnWait[]): string | undefined {
  const times = new Map<string, number>()
  for (const { calls, totalMs } of waits) {
    // A helper of several lines is not what calls it.
    const caller =
      calls.find(({ file }) => file !== call.file) ?? calls.find(({ line }) => line !== call.line)
    if (caller !== undefined) increase(times, place(caller), totalMs)
  }
  const [longest] = [...times].toSorted(([a, timeA], [b, timeB]) => timeB - timeA || compareText(a, b))
  return longest?.[0]
}

/** As in `6.00 s in 120 waits for the timer started at src/wait.ts:12 (called from test/a.test.ts:30), in 14 tests`. */
export function timerEvidence({ call, count: waits, totalMs, tests, caller }: WaitingPlace): string {
  const from = caller === undefined ? '' : ` (called from ${caller})`
  const where = tests === 0 ? 'outside of tests' : `in ${count(tests, 'test')}`
  return `${duration(totalMs)} in ${count(waits, 'wait')} for the timer started at ${place(call)}${from}, ${where}`
}
