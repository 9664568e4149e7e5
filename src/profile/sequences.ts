// Samples in the order of time, recording by recording. Merged samples cannot tell what came first.

import type { Microseconds, NOT_SELECTED, ScopeIndex, Sequence, StackIndex } from './profile.js'

/** Samples that are kept of a whole run: 64 MiB. Recordings that come when there are more have none. */
const MOST_SAMPLES = 4_000_000

export class Sequences {
  readonly #ended: Sequence[] = []
  readonly #room: number
  #samples = 0
  #stack: number[] = []
  #scope: number[] = []
  #start: number[] = []

  constructor(room = MOST_SAMPLES) {
    this.#room = room
  }

  add(
    stack: StackIndex | typeof NOT_SELECTED,
    scope: ScopeIndex | typeof NOT_SELECTED,
    start: Microseconds,
  ): void {
    this.#stack.push(stack)
    this.#scope.push(scope)
    this.#start.push(start)
  }

  /** Makes one sequence of all that was added since the last one. */
  end(recording: Pick<Sequence, 'project' | 'file' | 'worker' | 'startedAtMs' | 'wallMicros'>): void {
    this.join({
      ...recording,
      stack: Int32Array.from(this.#stack),
      scope: Int32Array.from(this.#scope),
      start: Float64Array.from(this.#start),
    })
    this.#stack = []
    this.#scope = []
    this.#start = []
  }

  /** Adds a whole one. */
  join(sequence: Sequence): void {
    if (this.#samples + sequence.stack.length > this.#room) return
    this.#samples += sequence.stack.length
    this.#ended.push(sequence)
  }

  get all(): readonly Sequence[] {
    return [...this.#ended]
  }
}
