// Timers of the project's own code that tests sleep through, although fake timers would take no time.

import { longOwnWaits, type OwnWait, timerEvidence, waitingPlaces } from '../evidence/own-waits.js'
import { place, positionOf } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'
import { isIntervalCall, isPolling, pollingCalls } from './polling.js'

export function realTimers(facts: Facts): FindingDraft[] {
  const all = longOwnWaits(facts)
  const loops = all.filter(wait => isPolling(wait, facts)).map(wait => pollingCalls(wait, facts).map(place))
  // A polling loop may wait only once in some tests: it has its own finding already.
  const isOfLoop = ({ calls }: OwnWait) =>
    loops.some(loop =>
      loop.every((asking, index) => calls[index] !== undefined && place(calls[index]) === asking),
    )
  const waits = all.filter(wait => wait.kind === 'timer' && !isOfLoop(wait))
  return waitingPlaces(waits).flatMap(found => {
    // Waits of an environment or of a module that is loading: tests cannot fake these timers.
    if (found.tests.size === 0 && found.inHooks.size === 0) return []
    const { call, totalMs } = found
    // An interval may tick in the background while the test waits for something else.
    const isInterval = facts.callSiteOf(call)?.onLine.some(isIntervalCall) === true
    return {
      id: `real-timers:${place(call)}`,
      confidence: isInterval ? 'medium' : 'high',
      title: `Tests sleep through the real timer at ${place(call)}${found.caller === undefined ? '' : `, called from ${found.caller}`}`,
      evidence: `${timerEvidence(found)}.`,
      remedy:
        'Call `jest.useFakeTimers()` and `await jest.advanceTimersByTimeAsync(ms)` instead of sleeping, or make the ' +
        'delay a parameter that is short in tests. If the test sleeps until something has happened, await that instead.',
      costMs: totalMs,
      savings: { files: found.inFiles },
      position: positionOf(call),
      shares: { inHooks: found.inHooks },
    }
  })
}
