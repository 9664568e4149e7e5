// Many short columns of numbers that stay as they are. Each on its own, between all that is read and let go, they would
// leave holes in memory: of 10,000 recordings a hundred megabytes.

/** Numbers. */
const BLOCK = 2 ** 18

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
