// A column of numbers that grows at its end and lies outside of V8's heap: a run may have millions of stacks and rows.

import type { Column } from './profile.js'

const FIRST_ROOM = 1024

/** Four bytes a number; eight from the first one on that is not whole, or from 2^31 on. */
export class GrowingColumn<T extends number> {
  #numbers: Int32Array | Float64Array = new Int32Array(FIRST_ROOM)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Makes room for so many more at once: what grows step by step is in memory twice at each. */
  reserve(more: number): void {
    const room = this.#length + more
    if (room > this.#numbers.length) this.#moveTo(this.#made(room))
  }

  push(value: T): void {
    const isSmall = value === (value | 0)
    if (!isSmall && this.#numbers instanceof Int32Array) this.#moveTo(new Float64Array(this.#numbers.length))
    if (this.#length === this.#numbers.length) this.#moveTo(this.#made(2 * this.#length))
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

  #made(room: number): Int32Array | Float64Array {
    return this.#numbers instanceof Int32Array ? new Int32Array(room) : new Float64Array(room)
  }

  #moveTo(numbers: Int32Array | Float64Array): void {
    numbers.set(this.#numbers)
    this.#numbers = numbers
  }
}
