// Tests and hooks that ran out of their time limit, or nearly did.

import { performance } from 'node:perf_hooks'
import { timeOutOf } from '../../jest/circus.js'
import type { TimeLimits } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import type { OpenHandle } from '../handles/open-handles.js'

type TimeLimit = TimeLimits[number]

interface LimitedFunction {
  readonly of: object
  readonly start: number
  readonly turns: number | undefined
}

/** The share of its limit from which on a function that is within it is noted. */
const NEARLY = 0.8

export class LimitLog {
  readonly #entries: TimeLimit[] = []
  #running: LimitedFunction | undefined

  /** `of`: the test or hook whose function begins. */
  begins(of: object): void {
    this.#running = { of, start: monotonicMicros(), turns: loopTurns() }
  }

  /**
   * `limitMs`: undefined or not finite: none. `openHandles`: what the function waits for, called where it timed out; undefined: unknown.
   */
  ends(
    of: object,
    {
      error,
      limitMs = Number.POSITIVE_INFINITY,
      whose,
      openHandles,
    }: {
      readonly error: unknown
      readonly limitMs: number | undefined
      readonly whose: () => Pick<TimeLimit, 'test' | 'hook'>
      readonly openHandles: () => readonly OpenHandle[] | undefined
    },
  ): void {
    const running = this.#running?.of === of ? this.#running : undefined
    this.#running = undefined
    const end = monotonicMicros()
    const lastedMicros = running === undefined ? 1000 * limitMs : end - running.start
    if (!Number.isFinite(limitMs) || lastedMicros < NEARLY * 1000 * limitMs) return
    const timeOut = timeOutOf(error)
    // One that never let the event loop turn cannot time out.
    if (timeOut === undefined && (running === undefined || running.turns === loopTurns())) return
    this.#entries.push({
      ...whose(),
      end,
      limitMs,
      lastedMicros,
      timedOut: timeOut !== undefined,
      awaitsDone: timeOut?.awaitsDone ?? false,
      open:
        (timeOut && openHandles()?.map(({ kind, stack }) => ({ kind, stack: stack && [...stack] }))) ?? null,
    })
  }

  /** Undefined: there are none. Times since `start`. */
  columns(start: number): TimeLimits | undefined {
    if (this.#entries.length === 0) return undefined
    return this.#entries.map(({ end, ...entry }) => ({ ...entry, end: end - start }))
  }
}

/** Iterations of this thread's event loop. Undefined before Node 20.18 and 22.8. */
function loopTurns(): number | undefined {
  const { uvMetricsInfo } = performance.nodeTiming as { uvMetricsInfo?: { readonly loopCount: number } }
  return uvMetricsInfo?.loopCount
}
