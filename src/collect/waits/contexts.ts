// Which test the thread works for, where async context tells it: from when on it was which one's turn.

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Waits } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import { contextsAreCheap } from './capabilities.js'

/** No test: what runs is Jest's, or the file's own, such as a server of `beforeAll`. */
export const NOBODY = -1

/** Turns that are kept; with more, nobody is known any more. */
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

  /** Position of the attempt that what runs now belongs to: not the one that runs at the same time. */
  get current(): number {
    return this.#storage.getStore() ?? NOBODY
  }

  /** All that is started in the call, however late, is that test's. */
  run(test: number, call: () => unknown): unknown {
    this.enter(test)
    try {
      return this.#storage.run(test, call)
    } finally {
      // What comes next is Jest's own, until something wakes up that is a test's.
      this.enter(NOBODY)
    }
  }

  /** The thread turns to that test, `now` or at this moment: it is asked very often, and mostly for the same one. */
  enter(test: number, now?: number): void {
    if (test === this.#turn || this.#time.length > this.#most) return
    this.#turn = test
    this.#test.push(this.#time.length === this.#most ? NOBODY : test)
    this.#time.push(now ?? monotonicMicros())
  }

  /** Times since `start`. */
  columns(start: number): NonNullable<Waits['contexts']> {
    return { time: this.#time.map(moment => moment - start), test: this.#test }
  }

  disable(): void {
    this.#storage.disable()
  }
}

/** Undefined where they would be dear. */
export function contextsIfCheap(): TestContexts | undefined {
  return contextsAreCheap() ? new TestContexts() : undefined
}
