// A column of numbers that grows at its end, outside V8's heap: a run may have millions of stacks and rows.

import type { Column } from './profile.js'

const FIRST_SIZE = 1024

/** Takes four bytes a number, and eight once a number is not a 32-bit integer. */
export class GrowingColumn<T extends number> {
  #numbers: Int32Array | Float64Array = new Int32Array(FIRST_SIZE)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Allocates space for `more` numbers at once: each growth by doubling has the column in memory twice. */
  reserve(more: number): void {
    const size = this.#length + more
    if (size > this.#numbers.length) this.#moveTo(this.#allocate(size))
  }

  push(value: T): void {
    const isSmall = value === (value | 0)
    if (!isSmall && this.#numbers instanceof Int32Array) this.#moveTo(new Float64Array(this.#numbers.length))
    if (this.#length === this.#numbers.length) this.#moveTo(this.#allocate(2 * this.#length))
    this.#numbers[this.#length++] = value
  }

  /** NaN when the index is out of range. */
  get(index: number): number {
    return index < this.#length ? (this.#numbers[index] ?? Number.NaN) : Number.NaN
  }

  /** A view of the present numbers, which later additions do not change. */
  get all(): Column<T> {
    // A typed array has no type for its numbers; `push` takes only T.
    return this.#numbers.subarray(0, this.#length) as Iterable<number> as Column<T>
  }

  #allocate(size: number): Int32Array | Float64Array {
    return this.#numbers instanceof Int32Array ? new Int32Array(size) : new Float64Array(size)
  }

  #moveTo(numbers: Int32Array | Float64Array): void {
    numbers.set(this.#numbers)
    this.#numbers = numbers
  }
}
