// A column of numbers that grows at its end and lies outside of V8's heap: a run may have millions of stacks and rows.

import type { Column } from './profile.js'

type Numbers = Int32Array | Float64Array

const FIRST_ROOM = 1024

export class GrowingColumn<T extends number> {
  readonly #make: (length: number) => Numbers
  #numbers: Numbers
  #length = 0

  private constructor(make: (length: number) => Numbers) {
    this.#make = make
    this.#numbers = make(FIRST_ROOM)
  }

  /** Of whole numbers from -2^31 to 2^31 - 1. */
  static ofIndexes<T extends number>(): GrowingColumn<T> {
    return new GrowingColumn<T>(length => new Int32Array(length))
  }

  static ofAmounts(): GrowingColumn<number> {
    return new GrowingColumn<number>(length => new Float64Array(length))
  }

  get length(): number {
    return this.#length
  }

  push(value: T): void {
    if (this.#length === this.#numbers.length) {
      const larger = this.#make(2 * this.#length)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[this.#length++] = value
  }

  /** NaN where there is none. */
  get(index: number): number {
    return index < this.#length ? (this.#numbers[index] ?? Number.NaN) : Number.NaN
  }

  /** What is there by now; what is added later does not change it. */
  get all(): Column<T> {
    // A typed array knows its numbers as such; these are all T, for `push` takes nothing else.
    return this.#numbers.subarray(0, this.#length) as Iterable<number> as Column<T>
  }
}
