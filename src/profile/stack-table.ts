// Stacks by frame and caller, each once, in columns. A hash table of numbers, with open addressing: where a Map needs an
// object for each of some millions of keys, this one needs eight to sixteen bytes.

import { GrowingColumn } from './growing-column.js'
import type { FrameIndex, NO_CALLER, Profile, StackIndex } from './profile.js'

/** A power of two, as all rooms after it. */
const FIRST_ROOM = 2048
const EMPTY = -1

export class StackTable {
  readonly #frame = new GrowingColumn<FrameIndex>()
  readonly #caller = new GrowingColumn<StackIndex | typeof NO_CALLER>()
  /** Stacks, each at the place that its hash names or the next free one; at most half of the places are taken. */
  #places = new Int32Array(FIRST_ROOM).fill(EMPTY)

  intern(frame: FrameIndex, caller: StackIndex | typeof NO_CALLER): StackIndex {
    const place = this.#placeOf(frame, caller)
    const known = this.#places[place] ?? EMPTY
    if (known !== EMPTY) return known as StackIndex
    const added = this.#frame.length as StackIndex
    this.#frame.push(frame)
    this.#caller.push(caller)
    this.#places[place] = added
    if (2 * this.#frame.length > this.#places.length) this.#grow()
    return added
  }

  get columns(): Profile['stacks'] {
    return { frame: this.#frame.all, caller: this.#caller.all }
  }

  /** The place where the stack is, or must go. */
  #placeOf(frame: number, caller: number): number {
    const last = this.#places.length - 1
    let place = hash(frame, caller) & last
    for (let stack = this.#places[place]; stack !== EMPTY; stack = this.#places[place]) {
      if (stack === undefined) throw new RangeError(`place ${place} is outside a table of ${last + 1}`)
      if (this.#frame.get(stack) === frame && this.#caller.get(stack) === caller) break
      place = (place + 1) & last
    }
    return place
  }

  #grow(): void {
    this.#places = new Int32Array(2 * this.#places.length).fill(EMPTY)
    for (let stack = 0; stack < this.#frame.length; stack++)
      this.#places[this.#placeOf(this.#frame.get(stack), this.#caller.get(stack))] = stack
  }
}

/** Both numbers are small and dense; neighbours must come apart: https://github.com/aappleby/smhasher (MurmurHash3, fmix32). */
function hash(frame: number, caller: number): number {
  let mixed = Math.imul(caller + 1, 0x9e3779b1) ^ frame
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
