// Adds idle time to the profile, below the stack that started the wait where it is known.

import { at, once } from '../profile/columns.js'
import type { Microseconds, ScopeIndex, StackIndex } from '../profile/profile.js'
import { IDLE, NO_CALLER, TIMES, WAITING } from '../profile/profile.js'
import type { ProfileBuilder } from '../profile/profile-builder.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { Code } from './recorded-code.js'
import { idleUntil } from './sampled-pieces.js'
import type { TimeSelection } from './time-selection.js'
import type { Segment } from './timeline.js'
import { type WaitPiece, waitPieces } from './wait-pieces.js'

export interface IdleContext {
  frameOf: Code['frameOf']
  segments: readonly Segment[]
  scopeOf: (segment: Segment | undefined) => ScopeIndex
  selection: TimeSelection
}

export class IdleTime {
  readonly #builder: ProfileBuilder
  readonly #pieces: readonly WaitPiece[]
  readonly #context: IdleContext
  readonly #stackOf: (resource: number) => StackIndex
  readonly #idleUntil: (timestamp: Microseconds) => Microseconds
  #piece = 0
  #segment = 0

  constructor(builder: ProfileBuilder, recording: ResolvedRecording, context: IdleContext) {
    this.#builder = builder
    this.#pieces = waitPieces(recording)
    this.#context = context
    this.#idleUntil = idleUntil(recording)
    this.#stackOf = stackFinder(builder, recording, context.frameOf)
  }

  /** Splits the time of an idle sample, in chronological order of calls; its `samples` count goes to the first part. */
  add(start: Microseconds, end: Microseconds, samples: number): void {
    const { segments, scopeOf, selection } = this.#context
    let count = samples
    for (let from = start; from < end || count > 0; ) {
      while ((this.#pieces[this.#piece]?.end ?? Number.POSITIVE_INFINITY) <= from) this.#piece++
      while ((segments[this.#segment]?.end ?? Number.POSITIVE_INFINITY) <= from) this.#segment++
      const piece = this.#pieces[this.#piece]
      // A recording that was cut off at its start has no segments.
      const segment = segments[this.#segment] ?? segments.at(-1)
      const isInPiece = piece !== undefined && piece.start <= from
      const until = isInPiece ? piece.end : (piece?.start ?? end)
      const isLast = this.#segment >= segments.length - 1
      const to = Math.min(end, until, isLast || segment === undefined ? end : segment.end)
      if (selection.hasSegment(segment)) {
        const stack = this.#stackOf(isInPiece ? piece.resource : -1)
        const weight = this.#idleUntil(to) - this.#idleUntil(from)
        this.#builder.addSamples(stack, scopeOf(segment), { value: TIMES.wait, start: from, weight, count })
      } else this.#builder.addGap(from)
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
