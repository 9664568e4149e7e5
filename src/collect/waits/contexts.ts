// Which test the thread works for, by async context: from which time on it was which test's turn.

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Waits } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'

/** No test: Jest's own code runs, or the file's, such as a server of `beforeAll`. */
export const NOBODY = -1

/** Turns that are kept; after them the test is unknown. */
const MOST = 200_000

export class TestContexts {
  readonly #storage = new AsyncLocalStorage<number>()
  readonly #time: number[] = []
  readonly #test: number[] = []
  readonly #most: number
  #turn: number | undefined

  constructor(most = MOST) {
    this.#most = most
  }

  /** Position of the attempt that the running code belongs to, which is not one that runs at the same time. */
  get current(): number {
    return this.#storage.getStore() ?? NOBODY
  }

  /** All that is started in the call, however late, is that test's. */
  run(test: number, call: () => unknown): unknown {
    this.enter(test)
    try {
      return this.#storage.run(test, call)
    } finally {
      // Jest's own code runs next, until something of a test wakes up.
      this.enter(NOBODY)
    }
  }

  /** The thread turns to that test, at `now` or at this time. It is called very often, mostly for the same test. */
  enter(test: number, now?: number): void {
    if (test === this.#turn || this.#time.length > this.#most) return
    this.#turn = test
    this.#test.push(this.#time.length === this.#most ? NOBODY : test)
    this.#time.push(now ?? monotonicMicros())
  }

  /** Times since `start`. */
  columns(start: number): NonNullable<Waits['contexts']> {
    return { time: this.#time.map(time => time - start), test: this.#test }
  }

  disable(): void {
    this.#storage.disable()
  }
}
