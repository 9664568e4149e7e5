// Timers of the project's own code that tests sleep through, where fake timers would take no time.

import { type OwnWait, ownWaits, timerEvidence, waitingPlaces } from '../evidence/own-waits.js'
import { place, positionOf } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'
import { askingCalls, isIntervalCall, isPolling } from './polling.js'

export function realTimers(facts: Facts): FindingDraft[] {
  const all = ownWaits(facts)
  const loops = all.filter(wait => isPolling(wait, facts)).map(wait => askingCalls(wait, facts).map(place))
  // A loop that now and then has to wait but once is the same loop: one finding is enough.
  const isOfLoop = ({ calls }: OwnWait) =>
    loops.some(loop =>
      loop.every((asking, index) => calls[index] !== undefined && place(calls[index]) === asking),
    )
  const waits = all.filter(wait => wait.kind === 'timer' && !isOfLoop(wait))
  return waitingPlaces(waits).map(found => {
    const { call, totalMs } = found
    // An interval that ticks in the background ends waits that are for something else.
    const mayTickBeside = facts.callSiteOf(call)?.onLine.some(isIntervalCall) === true
    return {
      id: `real-timers:${place(call)}`,
      confidence: mayTickBeside ? 'medium' : 'high',
      title: `Tests sleep through the real timer at ${place(call)}`,
      evidence: `${timerEvidence(found)}.`,
      remedy:
        'Call `jest.useFakeTimers()` and `await jest.advanceTimersByTimeAsync(ms)` instead of sleeping, or make the ' +
        'delay a parameter and pass a short one in tests. If the delay gives something time to happen, await that instead.',
      costMs: totalMs,
      position: positionOf(call),
      shares: { inHooks: found.inHooks },
    }
  })
}
