// Timers, sockets and the like that a test has left behind, and that keep later tests' thread busy.

import type { LeakReport } from '../../report/account-reports.js'
import type { FindingId } from '../../report/finding-rules.js'
import { count, duration } from '../../report/views/figures.js'
import { ownCalls, place, positionOf } from '../evidence/own-calls.js'
import type { Facts, Found } from '../rule.js'

export function leakedWork({ report }: Facts): Found[] {
  const found = new Map<FindingId, LeakReport[]>()
  for (const leak of report.leaks) {
    const [call] = ownCalls(leak.stack)
    if (call === undefined) continue
    const id: FindingId = `leaked-work:${place(call)}`
    found.set(id, [...(found.get(id) ?? []), leak])
  }
  return [...found].flatMap(([id, leaks]) => {
    const [first] = leaks
    const [call] = first === undefined ? [] : ownCalls(first.stack)
    if (first === undefined || call === undefined) return []
    const sum = (amountOf: (leak: LeakReport) => number) =>
      leaks.reduce((total, leak) => total + amountOf(leak), 0)
    const costMs = sum(({ cpuMs }) => cpuMs)
    const later = new Set(
      leaks.flatMap(({ during }) =>
        during.map(({ file, project, index }) => JSON.stringify([file, project, index])),
      ),
    )
    const more = leaks.length > 1 ? ` and ${count(leaks.length - 1, 'other')}` : ''
    return {
      id,
      // A socket or a worker may work for the later test, too, beside what that one waits for.
      confidence: leaks.every(({ kind }) => kind === 'timer') ? 'high' : 'medium',
      title: `What ${place(call)} starts goes on after its test has ended`,
      evidence:
        `The ${first.kind} of "${first.test.fullName}"${more} ran ${count(
          sum(leak => leak.count),
          'time',
        )} in ` + `${count(later.size, 'later test')}: ${duration(costMs)} of their CPU time.`,
      remedy: 'Stop it where the test ends, or in `afterEach`, so that it also stops when the test fails.',
      costMs,
      position: positionOf(call),
    }
  })
}
