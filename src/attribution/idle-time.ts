// Adds idle time to the profile, below the stack that started the wait where it is known.

import { at, once } from '../profile/columns.js'
import {
  IDLE,
  type Microseconds,
  NO_CALLER,
  type ScopeIndex,
  type StackIndex,
  TIMES,
  WAITING,
} from '../profile/profile.js'
import type { ProfileBuilder } from '../profile/profile-builder.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { Code } from './recorded-code.js'
import { idleUntil } from './sampled-pieces.js'
import type { Segment, TimeSelection } from './timeline.js'
import { waitPieces } from './wait-pieces.js'

export interface IdleContext {
  frameOf: Code['frameOf']
  segments: readonly Segment[]
  scopeOf: (segment: Segment | undefined) => ScopeIndex
  selection: TimeSelection
}

/** Returns a function that adds idle time in chronological order, split at waits and segments; `samples` go to the first part. */
export function idleTimeAdder(
  builder: ProfileBuilder,
  recording: ResolvedRecording,
  { frameOf, segments, scopeOf, selection }: IdleContext,
): (start: Microseconds, end: Microseconds, samples: number) => void {
  const pieces = waitPieces(recording)
  const idleBefore = idleUntil(recording)
  const stackOf = stackFinder(builder, recording, frameOf)
  let [nextPiece, nextSegment] = [0, 0]
  return (start, end, samples) => {
    let count = samples
    for (let from = start; from < end || count > 0; ) {
      while ((pieces[nextPiece]?.end ?? Number.POSITIVE_INFINITY) <= from) nextPiece++
      while ((segments[nextSegment]?.end ?? Number.POSITIVE_INFINITY) <= from) nextSegment++
      const piece = pieces[nextPiece]
      // A recording that was cut off at its start has no segments.
      const segment = segments[nextSegment] ?? segments.at(-1)
      const isInPiece = piece !== undefined && piece.start <= from
      const until = isInPiece ? piece.end : (piece?.start ?? end)
      const isLast = nextSegment >= segments.length - 1
      const to = Math.min(end, until, isLast || segment === undefined ? end : segment.end)
      if (selection.hasSegment(segment)) {
        const stack = stackOf(isInPiece ? piece.resource : -1)
        const weight = idleBefore(to) - idleBefore(from)
        builder.addSamples(stack, scopeOf(segment), { value: TIMES.wait, start: from, weight, count })
      } else builder.addGap(from)
      count = 0
      from = to
    }
  }
}

function stackFinder(
  builder: ProfileBuilder,
  { waits, sites }: ResolvedRecording,
  frameOf: Code['frameOf'],
): (resource: number) => StackIndex {
  return once(resource => {
    const calls = waits?.resources.stack[resource] ?? []
    let caller: StackIndex | typeof NO_CALLER = NO_CALLER
    for (const site of calls.toReversed()) caller = builder.stack(frameOf(at(sites.frame, site)), caller)
    const leaf = builder.frame(calls.length === 0 ? IDLE : WAITING)
    return builder.stack(leaf, caller)
  })
}
