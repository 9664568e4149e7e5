// Timers of the project's own code that tests sleep through, although fake timers would take no time, and those of libraries that have an
// option for it.

import { count, duration } from '../../report/views/figures.js'
import {
  longOwnWaits,
  type OwnWait,
  ownWaits,
  summedTimes,
  timerEvidence,
  waitingPlaces,
} from '../evidence/own-waits.js'
import { place, positionOf } from '../evidence/places.js'
import { type Facts, type FindingDraft, leastCostMs, listed } from '../rule.js'
import { TIMER_REMEDIES, type TimerRemedy } from '../timer-remedies.js'
import { isIntervalCall, isPolling, pollingCalls } from './polling.js'

export function realTimers(facts: Facts): FindingDraft[] {
  const timersOf = (remedy: TimerRemedy) => (wait: OwnWait) =>
    wait.kind === 'timer' && wait.packages.some(name => remedy.package.test(name))
  const all = longOwnWaits(facts).filter(wait => !TIMER_REMEDIES.some(remedy => timersOf(remedy)(wait)))
  const own = ownTimers(all, facts)
  const everywhere = ownWaits(facts)
  return [
    ...TIMER_REMEDIES.flatMap(remedy => libraryTimers(everywhere.filter(timersOf(remedy)), remedy, facts)),
    ...own,
  ]
}

/** One finding for all places, because the remedy is the same. */
function libraryTimers(waits: readonly OwnWait[], remedy: TimerRemedy, facts: Facts): FindingDraft[] {
  const { totalMs, count: times, tests, inFiles, inHooks } = summedTimes(waits)
  if (totalMs < leastCostMs(facts.report) || (tests.size === 0 && inHooks.size === 0)) return []
  const places = waitingPlaces(waits).toSorted((a, b) => b.totalMs - a.totalMs)
  const [longest] = places
  const name = waits[0]?.packages.find(used => remedy.package.test(used)) ?? ''
  return [
    {
      id: `real-timers:${name}`,
      confidence: 'high',
      title: `Tests wait for timers of ${name}`,
      evidence: `${duration(totalMs)} in ${count(times, 'wait')}, in ${count(tests.size, 'test')}: ${listed(places.map(({ call }) => place(call)))}.`,
      remedy: remedy.remedy,
      patch: remedy.patch,
      trial: remedy.trial,
      costMs: totalMs,
      savings: { files: inFiles },
      ...(longest === undefined ? {} : { position: positionOf(longest.call) }),
      shares: { inHooks },
    },
  ]
}

function ownTimers(all: readonly OwnWait[], facts: Facts): FindingDraft[] {
  const loops = all.filter(wait => isPolling(wait, facts)).map(wait => pollingCalls(wait, facts).map(place))
  // A polling loop may wait only once in some tests: it has its own finding already.
  const isOfLoop = ({ calls }: OwnWait) =>
    loops.some(loop =>
      loop.every((asking, index) => calls[index] !== undefined && place(calls[index]) === asking),
    )
  const waits = all.filter(wait => wait.kind === 'timer' && !isOfLoop(wait))
  return waitingPlaces(waits).map(found => {
    const { call, caller, totalMs } = found
    // An interval may tick in the background while the test waits for something else.
    const isInterval = facts.callSiteOf(call)?.onLine.some(isIntervalCall) === true
    const isOfTests = found.tests.size > 0 || found.inHooks.size > 0
    const from = caller === undefined ? '' : `, called from ${caller}`
    return {
      id: `real-timers:${place(call)}`,
      confidence: isInterval || !isOfTests ? 'medium' : 'high',
      title: isOfTests
        ? `Tests sleep through the real timer at ${place(call)}${from}`
        : `Test files wait, outside of their tests, for the timer at ${place(call)}${from}`,
      evidence: `${timerEvidence(found)}.`,
      remedy: isOfTests ? FAKE_TIMERS : NO_FAKE_TIMERS,
      costMs: totalMs,
      savings: { files: found.inFiles },
      position: positionOf(call),
      shares: { inHooks: found.inHooks },
    }
  })
}

const FAKE_TIMERS =
  'Call `jest.useFakeTimers()` and `await jest.advanceTimersByTimeAsync(ms)` instead of sleeping, or make the ' +
  'delay a parameter that is short in tests. If the test sleeps until something has happened, await that instead.'

/** In an environment, a set-up file, or a module that is loading. */
const NO_FAKE_TIMERS =
  'Fake timers do not help there. Await what the delay is for, such as a port that answers or an event, or make it shorter. What an ' +
  'environment or a set-up file waits for is paid again by each test file: do it once, in `globalSetup`.'
