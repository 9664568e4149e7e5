// Samples in time order, recording by recording: merged samples do not show which came first.

import { fileKey } from './paths.js'
import type { Microseconds, NOT_SELECTED, Profile, ScopeIndex, Sequence, StackIndex } from './profile.js'

/** Limit of ordered samples for a whole run, some 50 MB. The first recording that exceeds it and all later ones are dropped. */
export const MOST_ORDERED_SAMPLES = 4_000_000

type SequenceColumn = 'stack' | 'scope' | 'start'
export type RecordedSequence = Omit<Sequence, SequenceColumn>

export class Sequences {
  readonly #ended: Sequence[] = []
  readonly #columns = new ColumnStore()
  readonly #capacity: number
  #isFull = false
  #samples = 0
  #before = 0
  #open: Record<SequenceColumn, number[]> = { stack: [], scope: [], start: [] }

  constructor(capacity = MOST_ORDERED_SAMPLES) {
    this.#capacity = capacity
  }

  add(
    stack: StackIndex | typeof NOT_SELECTED,
    scope: ScopeIndex | typeof NOT_SELECTED,
    start: Microseconds,
  ): void {
    this.#open.stack.push(stack)
    this.#open.scope.push(scope)
    this.#open.start.push(start)
  }

  /** Makes one sequence of everything added since the last one. */
  end(recording: RecordedSequence): void {
    this.join({ ...recording, ...this.#open })
    this.#open = { stack: [], scope: [], start: [] }
  }

  /** Adds a whole sequence, and copies its columns. */
  join(sequence: RecordedSequence & Record<SequenceColumn, ArrayLike<number>>): void {
    const { length } = sequence.stack
    // It never fits, and must not displace others.
    if (length > this.#capacity) return
    // Later ones that would fit are dropped too: the beginning of a run is kept, whether one thread folds it or two.
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

  /** Reserves capacity for `before` earlier samples, which never falls. The last recordings that no longer fit are dropped for good. */
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

/** Many short, immutable columns of numbers, which would otherwise fragment memory: by a hundred megabytes for 10,000 recordings. */
export class ColumnStore {
  #block = new Int32Array(0)
  #used = 0

  /** Returns a copy: four bytes a number, in a larger block; eight if a number is not a 32-bit integer. */
  keep(numbers: ArrayLike<number>): Int32Array | Float64Array {
    const kept = this.keepWhole(numbers)
    for (let index = 0; index < kept.length; index++)
      if (kept[index] !== numbers[index]) {
        this.#used -= kept.length
        return Float64Array.from(numbers)
      }
    return kept
  }

  /** Returns a copy of numbers that are all 32-bit integers. */
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

/** Number of test files with samples but without a sequence, because the run has more samples than are kept in time order. */
export function filesWithoutOrder(
  scopes: Profile['scopes'],
  sequences: readonly Pick<Sequence, 'project' | 'file'>[],
): number {
  const inOrder = new Set(sequences.map(fileKey))
  return new Set(scopes.map(fileKey).filter(key => !inOrder.has(key))).size
}
