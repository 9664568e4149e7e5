// Timers, sockets and other resources that outlive the test that created them, and run callbacks during later tests.

import { group, sum } from 'd3-array'
import { at } from '../../profile/columns.js'
import { testKey } from '../../profile/paths.js'
import { count, duration } from '../../report/views/figures.js'
import { nameText } from '../../report/views/names.js'
import { byPath } from '../evidence/files.js'
import { place, placedOwnCalls, positionOf } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'

export function leakedWork({ report, record }: Facts): FindingDraft[] {
  const started = report.leaks.flatMap(leak => {
    const [call] = placedOwnCalls(leak.stack)
    return call === undefined ? [] : [{ leak, call }]
  })
  return [...group(started, ({ call }) => place(call)).values()].map((entries): FindingDraft => {
    const { leak: first, call } = at(entries, 0)
    const leaks = entries.map(({ leak }) => leak)
    const costMs = sum(leaks, ({ cpuMs }) => cpuMs)
    const callbacks = sum(leaks, leak => leak.count)
    const later = new Set(leaks.flatMap(({ during }) => during.map(testKey)))
    const more = leaks.length > 1 ? ` and ${count(leaks.length - 1, 'other')}` : ''
    return {
      id: `leaked-work:${place(call)}`,
      // A socket or a worker may also work for the later test.
      confidence: leaks.every(({ kind }) => kind === 'timer') ? 'high' : 'medium',
      title: `Async work started at ${place(call)} outlives its test`,
      evidence:
        `The ${first.kind} of “${nameText(first.test.name)}”${more} ran ${count(callbacks, 'time')} in ` +
        `${count(later.size, 'later test')}: ${duration(costMs)} of their CPU time.`,
      remedy: 'Stop it in `afterEach`, which also runs when the test fails.',
      costMs,
      savings: {
        files: byPath(
          { report, record },
          leaks.map(({ test, cpuMs }) => [test.file, cpuMs]),
        ),
      },
      position: positionOf(call),
    }
  })
}
