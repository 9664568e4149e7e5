// Some of so many modules. It is filled again for each test file and each barrel, where a new Set would be needed each time.

import { at } from '../../../profile/columns.js'

export class Reached {
  readonly #order: Int32Array
  /** By module: the filling in which it came last. */
  readonly #filledIn: Int32Array
  #filling = 1
  #size = 0

  constructor(modules: number) {
    this.#order = new Int32Array(modules)
    this.#filledIn = new Int32Array(modules)
  }

  clear(): void {
    this.#filling++
    this.#size = 0
  }

  add(module: number): void {
    if (this.has(module)) return
    this.#filledIn[module] = this.#filling
    this.#order[this.#size++] = module
  }

  has(module: number): boolean {
    return this.#filledIn[module] === this.#filling
  }

  get size(): number {
    return this.#size
  }

  at(position: number): number {
    return at(this.#order, position)
  }

  /** In the order in which they came. */
  get modules(): Int32Array {
    return this.#order.subarray(0, this.#size)
  }
}
