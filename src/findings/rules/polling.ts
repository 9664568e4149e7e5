// Timers that a test waits for again and again at short intervals, in a loop that runs until something has happened.
// The source must show the loop: by its figures alone, a server that delays each response would look the same.

import { isPollingCall } from '../../attribution/idle-kinds.js'
import type { CallReport } from '../../report/code-reports.js'
import { duration } from '../../report/views/figures.js'
import { firstLineOf } from '../evidence/call-sites.js'
import { isUntil, nodesIn } from '../evidence/loops.js'
import { longOwnWaits, type OwnWait, timerEvidence, waitingPlaces } from '../evidence/own-waits.js'
import { place, positionOf } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'
import { calleeName, type SyntaxNode } from '../syntax.js'

/** The average number of waits of one test, and their mean length. */
const FEWEST_WAITS = 5
const LONGEST_MEAN_MS = 100

/** Lines below a `setInterval` that are searched for its `clearInterval`. */
const REACH = 10

export function isPolling(wait: OwnWait, facts: Facts): boolean {
  const { kind, count, totalMs, parts, calls, isAskedByPackage } = wait
  const isOften = count >= FEWEST_WAITS * parts.length && totalMs / count <= LONGEST_MEAN_MS
  return kind === 'timer' && isOften && (isAskedByPackage || calls.some(call => isPollingAt(call, facts)))
}

/** The calls of a wait from the innermost to the one that polls. Others may share the innermost, such as a `sleep` helper. */
export function pollingCalls({ calls }: OwnWait, facts: Facts): readonly CallReport[] {
  const polls = calls.findIndex(call => isPollingAt(call, facts))
  // If a package polls, its caller is the innermost call.
  return calls.slice(0, Math.max(0, polls) + 1)
}

function isPollingAt(call: CallReport, { callSiteOf }: Facts): boolean {
  const site = callSiteOf(call)
  if (site === undefined) return false
  const { onLine, loops, within } = site
  const isCleared = ({ node }: { node: SyntaxNode }) => {
    const below = firstLineOf(node) - call.line
    return calledName(node) === 'clearInterval' && below >= 0 && below <= REACH
  }
  return (
    onLine.some(node => isPollingCall(calledName(node) ?? '')) ||
    loops.some(isUntil) ||
    (onLine.some(isIntervalCall) && within.flatMap(nodesIn).some(isCleared))
  )
}

export function isIntervalCall(node: SyntaxNode): boolean {
  return calledName(node) === 'setInterval'
}

/** Undefined unless the node is a call of something with a name. */
function calledName(node: SyntaxNode): string | undefined {
  return /^(?:Optional)?CallExpression$/.test(node.type) ? calleeName(node) : undefined
}

/** The call in the loop, if the source shows one, because loops may share a helper; else the innermost call. */
function loopCall(wait: OwnWait, facts: Facts): CallReport {
  const polling = pollingCalls(wait, facts).at(-1) ?? wait.innermost
  return facts.callSiteOf(polling)?.loops.some(isUntil) === true ? polling : wait.innermost
}

export function polling(facts: Facts): FindingDraft[] {
  const waits = longOwnWaits(facts).filter(wait => isPolling(wait, facts))
  return waitingPlaces(waits, wait => loopCall(wait, facts)).map(found => {
    const { at: call, count, totalMs } = found
    return {
      id: `polling:${place(call)}`,
      // What the loop polls for takes time as well.
      confidence: 'medium',
      title: `A polling loop waits at ${place(call)}`,
      evidence: `${timerEvidence(found)}: ${duration(totalMs / count)} each.`,
      remedy:
        'Await what the loop polls for: the promise, `events.once(emitter, name)`, or `findBy…` of Testing Library. If the ' +
        'condition never becomes true in the test, shorten the time limit of the loop: a shorter interval saves nothing.',
      costMs: totalMs,
      savings: { files: found.inFiles },
      position: positionOf(call),
      shares: { inHooks: found.inHooks },
    }
  })
}
