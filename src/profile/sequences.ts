// Samples in the order of time, recording by recording. Merged samples cannot tell what came first.

import { ColumnStore } from './column-store.js'
import type { Microseconds, NOT_SELECTED, ScopeIndex, Sequence, StackIndex } from './profile.js'

/** Samples that are kept of a whole run: some 50 MB. From the first recording on for which no room is left there are none. */
export const MOST_SAMPLES = 4_000_000

/** Whatever its columns are made of. */
type AnySequence = Omit<Sequence, 'stack' | 'scope' | 'start'> &
  Record<'stack' | 'scope' | 'start', ArrayLike<number>>

export class Sequences {
  readonly #ended: Sequence[] = []
  readonly #columns = new ColumnStore()
  readonly #room: number
  #isFull = false
  #samples = 0
  #before = 0
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
    this.join({ ...recording, stack: this.#stack, scope: this.#scope, start: this.#start })
    this.#stack = []
    this.#scope = []
    this.#start = []
  }

  /** Adds a whole one, and copies its columns. */
  join(sequence: AnySequence): void {
    const { length } = sequence.stack
    // It would never fit: it takes no other one's place.
    if (length > this.#room) return
    // Nor is one kept later that would fit: it is the beginning of a run, so that halves folded apart keep what one would.
    this.#isFull ||= this.#before + this.#samples + length > this.#room
    if (this.#isFull) return
    this.#samples += length
    this.#ended.push({
      ...sequence,
      stack: this.#columns.keepWhole(sequence.stack),
      scope: this.#columns.keepWhole(sequence.scope),
      start: this.#columns.keep(sequence.start),
    })
  }

  /** Samples that are kept. */
  get samples(): number {
    return this.#samples
  }

  /**
   * `before`: how many samples recordings that come before these have by now, all in all; never less than at the last call. What
   * no longer fits beside them goes, the last recording first, and none is kept after that.
   */
  leaveRoom(before: number): void {
    this.#before = before
    while (this.#before + this.#samples > this.#room) {
      const last = this.#ended.pop()
      if (last === undefined) return
      this.#isFull = true
      this.#samples -= last.stack.length
    }
  }

  get all(): readonly Sequence[] {
    return [...this.#ended]
  }
}
