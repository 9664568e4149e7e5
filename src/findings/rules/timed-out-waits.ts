// Polling that ran into its time limit because the condition never became true. Shorter intervals would save nothing.

import { group } from 'd3-array'
import { count, duration } from '../../report/views/figures.js'
import { type OwnWait, ownWaits, summedTimes, waitingPlaces } from '../evidence/own-waits.js'
import { place, positionOf } from '../evidence/places.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

export function timedOutWaits(facts: Facts): FindingDraft[] {
  const timedOut = ownWaits(facts).filter(({ kind }) => kind === 'time limit')
  return [...group(timedOut, ({ pollsFor }) => pollsFor)].flatMap(([name, waits]) =>
    name === undefined ? [] : found(name, waits),
  )
}

function found(name: string, waits: readonly OwnWait[]): FindingDraft[] {
  const places = waitingPlaces(waits).toSorted((a, b) => b.totalMs - a.totalMs)
  const [costliest] = places
  if (costliest === undefined) return []
  const { count: limits, totalMs, inHooks, inFiles, tests } = summedTimes(waits)
  const lines = listed(places.map(entry => `${place(entry.call)} (${duration(entry.totalMs)})`))
  return [
    {
      id: `timed-out-waits:${name}`,
      confidence: 'high',
      title: `\`${name}\` timed out in ${count(tests.size, 'test')}`,
      evidence:
        `${duration(totalMs)} in ${count(limits, 'wait')} that ended at their time limit, ${duration(totalMs / limits)} on average, because the ` +
        `condition never became true: ${lines}. A shorter polling interval would save nothing.`,
      remedy:
        'If a test asserts that something does not happen, do not wait for the opposite: assert its absence at once ' +
        '(`queryBy…` in Testing Library), or after what would have caused it. If it should happen, fix the condition. ' +
        'Otherwise pass a shorter `timeout`.',
      costMs: totalMs,
      savings: { files: inFiles },
      position: positionOf(costliest.call),
      shares: { inHooks },
    },
  ]
}
