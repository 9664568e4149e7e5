// Timers that one test waits for again and again at short intervals, in what the source shows to be a loop that asks
// until something has happened. Figures alone look the same for a server that answers each request after a while.

import { ASKING_CALL } from '../../attribution/asking.js'
import type { CallReport } from '../../report/account-reports.js'
import { duration } from '../../report/views/figures.js'
import { place, positionOf } from '../evidence/own-calls.js'
import { type OwnWait, ownWaits } from '../evidence/own-waits.js'
import { lineOf, loopAround } from '../evidence/source-text.js'
import { isUntil } from '../evidence/until-loop.js'
import { timerEvidence, waitingPlaces } from '../evidence/waiting-places.js'
import type { Facts, Found } from '../rule.js'

/** Waits of one test, on average, and their mean length. */
const FEWEST_WAITS = 5
const LONGEST_MEAN_MS = 100

/** Lines below a `setInterval` in which its end is looked for. */
const REACH = 10

export function isPolling(wait: OwnWait, facts: Facts): boolean {
  const { kind, count, totalMs, parts, calls, isAskedByPackage } = wait
  const isOften = count >= FEWEST_WAITS * parts.length && totalMs / count <= LONGEST_MEAN_MS
  return kind === 'timer' && isOften && (isAskedByPackage || calls.some(call => asks(call, facts)))
}

/** The calls of a wait from the innermost out to the one that asks: what they sleep in may be everyone's helper. */
export function askingCalls({ calls }: OwnWait, facts: Facts): readonly CallReport[] {
  const asking = calls.findIndex(call => asks(call, facts))
  // Where a package asks, its own call is the innermost.
  return calls.slice(0, Math.max(0, asking) + 1)
}

function asks(call: CallReport, facts: Facts): boolean {
  const line = lineOf(facts, call)
  const text = facts.readSource(call.file)
  if (line === undefined || text === undefined) return false
  const below = text.split('\n').slice(call.line - 1, call.line + REACH)
  const isInterval = line.includes('setInterval') && below.some(other => other.includes('clearInterval'))
  return isInterval || ASKING_CALL.test(line) || loopAround(text, call.line, isUntil) !== undefined
}

/** Where the loop stands, if it is one that can be seen: several may sleep in one helper. */
function loopCall(wait: OwnWait, facts: Facts): CallReport {
  const asking = askingCalls(wait, facts).at(-1)
  const text = asking === undefined ? undefined : facts.readSource(asking.file)
  if (asking === undefined || text === undefined) return wait.innermost
  return loopAround(text, asking.line, isUntil) === undefined ? wait.innermost : asking
}

export function polling(facts: Facts): Found[] {
  const waits = ownWaits(facts).filter(wait => isPolling(wait, facts))
  return waitingPlaces(waits, wait => loopCall(wait, facts)).map(found => {
    const { at: call, count, totalMs } = found
    return {
      id: `polling:${place(call)}`,
      // What is polled for takes its time as well.
      confidence: 'medium',
      title: `A polling loop waits at ${place(call)}`,
      evidence: `${timerEvidence(found)}: ${duration(totalMs / count)} each.`,
      remedy:
        'Await what the loop asks for: the promise, `events.once(emitter, name)`, or `findBy…` of Testing Library. If it ' +
        'never comes true in the test, shorten the time limit of the loop: a shorter interval gains nothing.',
      costMs: totalMs,
      position: positionOf(call),
      ...(found.inHooks.size === 0 ? {} : { shares: { inHooks: found.inHooks } }),
    }
  })
}
