// Whose time it is at each moment of a recording: which phase, hook, test and concurrent group. Segments are in order,
// do not overlap, and cover the whole recording: all times that are reported are sums over them.

import { at } from '../profile/columns.js'
import type { Microseconds, Phase } from '../profile/profile.js'
import type { PhaseStart } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { perRecording } from './per-recording.js'
import { concurrentGroups, type Owner, ownedSegments } from './test-timeline.js'

export interface Segment {
  start: Microseconds
  end: Microseconds
  phase: Phase
  /** Position of the hook's definition. */
  hook: number | undefined
  owner: Owner | undefined
}

export const timeline = perRecording(({ header, tests, phases, hooks, waits }): readonly Segment[] => {
  const end = header.wallMicros
  const groups = concurrentGroups(tests)
  const owned = ownedSegments(tests, groups, waits?.contexts ?? undefined)
  const layers = [phaseSegments(phases, end), owned, hookSegments(hooks.runs)] as const
  const borders = new Set([0, end])
  for (const layer of layers) {
    for (const segment of layer) {
      borders.add(clamp(segment.start, end))
      borders.add(clamp(segment.end, end))
    }
  }
  const moments = [...borders].toSorted((a, b) => a - b)
  const [phaseAt, ownedAt, hookAt] = [cursor(layers[0]), cursor(layers[1]), cursor(layers[2])]
  return moments.slice(0, -1).map((start, index) => {
    const owner = ownedAt(start)?.owner
    const hook = hookAt(start)?.definition
    const base = phaseAt(start)?.phase ?? 'other'
    const phase = hook !== undefined ? 'hooks' : owner !== undefined ? 'tests' : base
    return { start, end: at(moments, index + 1), phase, hook, owner }
  })
})

interface Window {
  start: Microseconds
  end: Microseconds
}

function phaseSegments(phases: readonly PhaseStart[], end: Microseconds): (Window & { phase: Phase })[] {
  return phases.map(({ phase, start }, index) => ({ phase, start, end: phases[index + 1]?.start ?? end }))
}

function hookSegments({ definition, start, end }: ResolvedRecording['hooks']['runs']) {
  return definition
    .map((index, run) => ({ definition: index, start: at(start, run), end: at(end, run) }))
    .toSorted((a, b) => a.start - b.start)
}

/** Finds the segment of a moment; moments have to be asked for in ascending order. */
export function cursor<T extends Window>(segments: readonly T[]): (moment: Microseconds) => T | undefined {
  let next = 0
  return moment => {
    for (
      let segment = segments[next];
      segment !== undefined && segment.end <= moment;
      segment = segments[next]
    )
      next++
    const current = segments[next]
    return current !== undefined && current.start <= moment ? current : undefined
  }
}

function clamp(moment: Microseconds, end: Microseconds): Microseconds {
  return Math.min(Math.max(moment, 0), end)
}
