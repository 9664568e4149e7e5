// The phase, hook, test and concurrent group at each time of a recording. Segments are in order, do not overlap, and cover the
// whole recording: all reported times are sums over them.

import { at } from '../profile/columns.js'
import type { Microseconds, Phase } from '../profile/profile.js'
import { clampTo, spanCursor, type TimeSpan } from '../profile/time-spans.js'
import type { PhaseStart } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { perRecording } from './per-recording.js'
import { concurrentGroups, type Owner, ownedSegments } from './test-timeline.js'

export interface Segment extends TimeSpan {
  readonly phase: Phase
  /** Position of the hook's definition. */
  readonly hook: number | undefined
  readonly owner: Owner | undefined
}

export const timeline = perRecording(({ header, tests, phases, hooks, waits }): readonly Segment[] => {
  const whole = { start: 0, end: header.wallMicros }
  const phaseSpans = phaseSegments(phases, whole.end)
  const owned = ownedSegments(tests, concurrentGroups(tests), waits?.contexts ?? undefined)
  const hookSpans = hookSegments(hooks.runs)
  const ends = [...phaseSpans, ...owned, ...hookSpans].flatMap(({ start, end }) => [start, end])
  const boundaries = [...new Set([0, whole.end, ...ends.map(time => clampTo(whole, time))])]
  const inOrder = boundaries.toSorted((a, b) => a - b)
  const [phaseAt, ownedAt, hookAt] = [spanCursor(phaseSpans), spanCursor(owned), spanCursor(hookSpans)]
  return inOrder.slice(0, -1).map((start, index) => {
    const owner = ownedAt(start)?.owner
    const hook = hookAt(start)?.definition
    const base = phaseAt(start)?.phase ?? 'other'
    const phase = hook !== undefined ? 'hooks' : owner !== undefined ? 'tests' : base
    return { start, end: at(inOrder, index + 1), phase, hook, owner }
  })
})

function phaseSegments(phases: readonly PhaseStart[], end: Microseconds): (TimeSpan & { phase: Phase })[] {
  return phases.map(({ phase, start }, index) => ({ phase, start, end: phases[index + 1]?.start ?? end }))
}

function hookSegments({ definition, start, end }: ResolvedRecording['hooks']['runs']) {
  return definition
    .map((index, run) => ({ definition: index, start: at(start, run), end: at(end, run) }))
    .toSorted((a, b) => a.start - b.start)
}
