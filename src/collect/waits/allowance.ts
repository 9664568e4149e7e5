// How much of something may be done: so much at once, and so much more with each millisecond that passes.

export interface Rate {
  readonly atOnce: number
  readonly perMs: number
}

/** An empty allowance looks at the clock only every so many times: it is asked most when there is least time. */
const ASKS_PER_LOOK = 16

export class Allowance {
  readonly #rate: Rate
  readonly #clock: () => number
  #left: number
  #refilled: number
  #refused = 0

  /** `clock` gives microseconds. */
  constructor(rate: Rate, clock: () => number) {
    this.#rate = rate
    this.#clock = clock
    this.#left = rate.atOnce
    this.#refilled = clock()
  }

  /** Whether it may be done once more. */
  take(): boolean {
    if (this.#left < 1) this.#refill()
    if (this.#left < 1) return false
    this.#left--
    return true
  }

  /** One more than time alone would give. */
  grant(): void {
    this.#left = Math.min(this.#rate.atOnce, this.#left + 1)
  }

  #refill(): void {
    if (this.#refused++ % ASKS_PER_LOOK !== 0) return
    const now = this.#clock()
    const added = ((now - this.#refilled) / 1000) * this.#rate.perMs
    this.#left = Math.min(this.#rate.atOnce, this.#left + added)
    this.#refilled = now
  }
}
