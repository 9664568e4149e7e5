// Timers that one test waits for again and again at short intervals: it asks until something has happened.

import { duration } from '../report/figures.js'
import { place, positionOf } from './own-calls.js'
import { type OwnWait, ownWaits } from './own-waits.js'
import type { Facts, Found } from './rule.js'
import { timerEvidence, waitingPlaces } from './waiting-places.js'

/** Waits of one test, on average, and their mean length. */
const FEWEST_WAITS = 5
const LONGEST_MEAN_MS = 100

export function isPolling({ kind, count, totalMs, parts }: OwnWait): boolean {
  return kind === 'timer' && count >= FEWEST_WAITS * parts.length && totalMs / count <= LONGEST_MEAN_MS
}

export function polling(facts: Facts): Found[] {
  return waitingPlaces(ownWaits(facts).filter(isPolling)).map(found => {
    const { call, count, totalMs } = found
    return {
      id: `polling:${place(call)}`,
      // What is polled for takes its time as well.
      confidence: 'medium',
      title: `A polling loop waits at ${place(call)}`,
      evidence: `${timerEvidence(found)}: ${duration(totalMs / count)} each.`,
      remedy:
        'Await what the loop asks for: the promise, `events.once(emitter, name)`, or `findBy…` of Testing Library. ' +
        'Where only asking will do, ask at shorter intervals, or drive the loop with `jest.useFakeTimers()`.',
      costMs: totalMs,
      position: positionOf(call),
    }
  })
}
