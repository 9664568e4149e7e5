// What recording waits takes of a file's time, and when it is too much: then the file is no longer watched, because a test
// must not run into its time limit on our account. Counted, not measured: reading a clock takes as long as a call.

/** Microseconds for what Node calls us for in JavaScript, such as promises (0.05 to 0.12, on Node 20 to 26), */
const MICROS_PER_CALL = 0.1
/** for a resource of Node's own, which it comes out of native code for when it is created, and when it wakes up, */
const MICROS_PER_RESOURCE = 0.8
/** and for a stack of some 20 frames. */
const MICROS_PER_STACK = 20

/** What every file may take, and the share of its time that comes on top. */
const FREE_MICROS = 10_000
const MOST_SHARE = 0.03
/** Whoever stopped may go on when it has so much left: else it would stop at once again. */
const REST_SHARE = 0.8

export class Effort {
  readonly #start: number
  calls = 0
  resources = 0
  stacks = 0

  constructor(start: number) {
    this.#start = start
  }

  get micros(): number {
    return (
      this.calls * MICROS_PER_CALL + this.resources * MICROS_PER_RESOURCE + this.stacks * MICROS_PER_STACK
    )
  }

  isTooMuch(now: number): boolean {
    return this.micros > this.#allowed(now)
  }

  isAffordable(now: number): boolean {
    return this.micros < REST_SHARE * this.#allowed(now)
  }

  #allowed(now: number): number {
    return FREE_MICROS + MOST_SHARE * (now - this.#start)
  }
}
