// Timers that one test waits for again and again at short intervals, in what the source shows to be a loop that asks
// until something has happened. Figures alone look the same for a server that answers each request after a while.

import { isPollingCall } from '../../attribution/idle-kinds.js'
import type { CallReport } from '../../report/code-reports.js'
import { duration } from '../../report/views/figures.js'
import { firstLineOf } from '../evidence/call-sites.js'
import { isUntil, nodesIn } from '../evidence/loops.js'
import { type OwnWait, ownWaits, timerEvidence, waitingPlaces } from '../evidence/own-waits.js'
import { place, positionOf } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'
import { calleeName, type SyntaxNode } from '../syntax.js'

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
  const site = facts.callSiteOf(call)
  if (site === undefined) return false
  const isAsking = (node: SyntaxNode) => isPollingCall(calledName(node) ?? '')
  return site.onLine.some(isAsking) || site.loops.some(isUntil) || startsEndingInterval(call, facts)
}

function startsEndingInterval(call: CallReport, facts: Facts): boolean {
  const { within, onLine } = facts.callSiteOf(call) ?? { within: [], onLine: [] }
  if (!onLine.some(isIntervalCall)) return false
  return within.flatMap(nodesIn).some(({ node }) => {
    const below = firstLineOf(node) - call.line
    return calledName(node) === 'clearInterval' && below >= 0 && below <= REACH
  })
}

export function isIntervalCall(node: SyntaxNode): boolean {
  return calledName(node) === 'setInterval'
}

/** Undefined: the node is no call of something with a name. */
function calledName(node: SyntaxNode): string | undefined {
  return /^(?:Optional)?CallExpression$/.test(node.type) ? calleeName(node) : undefined
}

/** Where the loop stands, if it is one that can be seen: several may sleep in one helper. */
function loopCall(wait: OwnWait, facts: Facts): CallReport {
  const asking = askingCalls(wait, facts).at(-1)
  const loops = asking === undefined ? undefined : facts.callSiteOf(asking)?.loops
  return asking !== undefined && loops?.some(isUntil) === true ? asking : wait.innermost
}

export function polling(facts: Facts): FindingDraft[] {
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
        'Await what the loop polls for: the promise, `events.once(emitter, name)`, or `findBy…` of Testing Library. If it ' +
        'never comes true in the test, shorten the time limit of the loop: a shorter interval gains nothing.',
      costMs: totalMs,
      position: positionOf(call),
      shares: { inHooks: found.inHooks },
    }
  })
}
