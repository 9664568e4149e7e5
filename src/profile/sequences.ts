// Samples in the order of time, recording by recording. Merged samples cannot tell what came first.

import { ColumnStore } from './column-store.js'
import type { Microseconds, NOT_SELECTED, ScopeIndex, Sequence, StackIndex } from './profile.js'

/** Samples that are kept of a whole run: some 50 MB. From the first recording on for which no room is left there are none. */
const MOST_SAMPLES = 4_000_000

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
    if (length > this.#room) return
    // A smaller one that comes later might fit, but then nobody could tell by the first half of a run what of the second
    // half is kept.
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

  /** So many samples, of somebody else's recordings, come before all of these: what has no room beside them goes. */
  leaveRoom(samples: number): void {
    this.#before = samples
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
