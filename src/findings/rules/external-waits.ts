// Answers of other processes that tests wait for: of services on the network, and of child processes.

import type { WaitKind } from '../../recording/wait-kinds.js'
import { count, duration } from '../../report/views/figures.js'
import { CHILD_PROCESS_REMEDY } from '../call-remedies.js'
import { ownWaits, waitingPlaces } from '../evidence/own-waits.js'
import { place, positionOf } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'

/** A share of the time of all test files. */
const LEAST_SHARE = 0.05

const NETWORK: ReadonlySet<WaitKind> = new Set(['HTTP request', 'socket', 'DNS'])
const PROCESS: ReadonlySet<WaitKind> = new Set(['child process'])

const KINDS = [
  {
    kinds: NETWORK,
    name: 'network',
    subject: 'answers over the network',
    remedy:
      'Replace the client by a stub where the test is not about the service, as with `jest.mock` or an interceptor of requests. Where it ' +
      'must answer, keep it running between files, send what does not depend on each other at once, and look at why it answers late.',
  },
  {
    kinds: PROCESS,
    name: 'process',
    subject: 'child processes',
    remedy: CHILD_PROCESS_REMEDY,
  },
] as const

export function externalWaits(facts: Facts): FindingDraft[] {
  const least = LEAST_SHARE * facts.report.totals.fileWallMs
  const all = ownWaits(facts)
  return KINDS.flatMap(({ kinds, name, subject, remedy }) =>
    waitingPlaces(all.filter(wait => kinds.has(wait.kind))).flatMap((found): FindingDraft[] => {
      const { call, totalMs, tests, caller } = found
      if (totalMs < least) return []
      const from = caller === undefined ? '' : ` (called from ${caller})`
      const where = tests.size === 0 ? 'outside of tests' : `in ${count(tests.size, 'test')}`
      return [
        {
          id: `external-waits:${name} ${place(call)}`,
          // Whether a stub would do is for the author to say.
          confidence: 'medium',
          title: `Tests wait for ${subject} at ${place(call)}`,
          evidence: `${duration(totalMs)} in ${count(found.count, 'wait')}${from}, ${where}: ${duration(totalMs / found.count)} each.`,
          remedy,
          costMs: totalMs,
          savings: { files: found.inFiles },
          position: positionOf(call),
          shares: { inHooks: found.inHooks },
        },
      ]
    }),
  )
}
