// Samples in time order, recording by recording. Merged samples do not say what came first.

import { fileKey } from './paths.js'
import type { Microseconds, NOT_SELECTED, Profile, ScopeIndex, Sequence, StackIndex } from './profile.js'

/** Ordered samples of a whole run: some 50 MB. From the first recording that exceeds them on, none are kept. */
export const MOST_ORDERED_SAMPLES = 4_000_000

/** A sequence whose columns are arrays of any kind. */
type SequenceColumns = Omit<Sequence, 'stack' | 'scope' | 'start'> &
  Record<'stack' | 'scope' | 'start', ArrayLike<number>>

export class Sequences {
  readonly #ended: Sequence[] = []
  readonly #columns = new ColumnStore()
  readonly #capacity: number
  #isFull = false
  #samples = 0
  #before = 0
  #stack: number[] = []
  #scope: number[] = []
  #start: number[] = []

  constructor(capacity = MOST_ORDERED_SAMPLES) {
    this.#capacity = capacity
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

  /** Adds a whole sequence, and copies its columns. */
  join(sequence: SequenceColumns): void {
    const { length } = sequence.stack
    // It would never fit, and takes no other one's place.
    if (length > this.#capacity) return
    // Later ones that would fit are not kept either: what is kept is the beginning of a run, whether it is folded in one
    // or in halves.
    this.#isFull ||= this.#before + this.#samples + length > this.#capacity
    if (this.#isFull) return
    this.#samples += length
    this.#ended.push({
      ...sequence,
      stack: this.#columns.keepWhole(sequence.stack),
      scope: this.#columns.keepWhole(sequence.scope),
      start: this.#columns.keep(sequence.start),
    })
  }

  /** Number of samples that are kept. */
  get samples(): number {
    return this.#samples
  }

  /**
   * `before`: how many samples the recordings before these have by now; never less than at the last call. What no longer
   * fits beside them is dropped, the last recording first, and none is kept after that.
   */
  limit(before: number): void {
    this.#before = before
    while (this.#before + this.#samples > this.#capacity) {
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

/** Numbers in one block. */
const BLOCK = 2 ** 18

/**
 * Many short columns of numbers that stay as they are. Each on its own, between all that is read and let go, they would
 * leave holes in memory: of 10,000 recordings a hundred megabytes.
 */
export class ColumnStore {
  #block = new Int32Array(0)
  #used = 0

  /** A copy, cut out of a larger block: four bytes a number, eight where one of them is not whole or from 2^31 on. */
  keep(numbers: ArrayLike<number>): Int32Array | Float64Array {
    const kept = this.keepWhole(numbers)
    for (let index = 0; index < kept.length; index++)
      if (kept[index] !== numbers[index]) {
        this.#used -= kept.length
        return Float64Array.from(numbers)
      }
    return kept
  }

  /** The same of numbers that are all whole and below 2^31. */
  keepWhole(numbers: ArrayLike<number>): Int32Array {
    const { length } = numbers
    if (this.#used + length > this.#block.length) {
      this.#block = new Int32Array(Math.max(BLOCK, length))
      this.#used = 0
    }
    const kept = this.#block.subarray(this.#used, this.#used + length)
    kept.set(numbers)
    this.#used += length
    return kept
  }
}

/** Test files that have samples and none of these sequences: a run may have more samples than are kept in the order of time. */
export function filesWithoutOrder(
  scopes: Profile['scopes'],
  sequences: readonly Pick<Sequence, 'project' | 'file'>[],
): number {
  const inOrder = new Set(sequences.map(fileKey))
  return new Set(scopes.map(fileKey).filter(key => !inOrder.has(key))).size
}
