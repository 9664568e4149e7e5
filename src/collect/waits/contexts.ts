// Records which test the thread works for, by async context, and finds out what async hooks and contexts cost in this Node.

import { AsyncLocalStorage, createHook } from 'node:async_hooks'
import type { Waits } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'

/** Jest's own code, or the file's, such as a server started in `beforeAll`. */
export const NO_TEST = -1

/** Turns that are kept; after them, the test is unknown. */
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

  /** Position of the attempt that the running code belongs to, which is another one than the latest while tests are concurrent. */
  get current(): number {
    return this.#storage.getStore() ?? NO_TEST
  }

  /** Everything started by the call belongs to the test, however late it runs. */
  run(test: number, call: () => unknown): unknown {
    this.enter(test)
    try {
      return this.#storage.run(test, call)
    } finally {
      // Next, Jest's own code runs, until a resource of a test wakes up.
      this.enter(NO_TEST)
    }
  }

  /** The thread switches to `test`, at `now` or at the current time. Called very often, mostly for the same test. */
  enter(test: number, now?: number): void {
    if (test === this.#turn || this.#time.length > this.#most) return
    this.#turn = test
    this.#test.push(this.#time.length === this.#most ? NO_TEST : test)
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

/** Whether our hook is not called for promises. A tracked promise proves nothing: `--detectOpenHandles`, for one, tracks them, too. */
export function promisesAreUntracked(): boolean {
  if (!tracksPromisesByChoice()) return false
  let isTracked = false
  const init = (_id: number, type: string) => {
    if (type === 'PROMISE') isTracked = true
  }
  const hook = createHook({ init, trackPromises: false } as Parameters<typeof createHook>[0])
  hook.enable()
  void Promise.resolve()
  hook.disable()
  return !isTracked
}

/**
 * Whether Node knows the option, which is then validated. Where it does not, no hook may be enabled to find out: from then on V8 no
 * longer inlines the one of Jest's AsyncLocalStorage, which is called for every promise of the tests.
 */
function tracksPromisesByChoice(): boolean {
  try {
    createHook({ trackPromises: 'by choice' } as Parameters<typeof createHook>[0])
    return false
  } catch {
    return true
  }
}

/** Whether async contexts are almost free: from Node 24 on, V8 propagates them itself. */
export function contextsAreCheap(): boolean {
  // Promises tracked by another hook have symbols, whatever a context costs.
  const before = symbolsOfPromise()
  const storage = new AsyncLocalStorage<number>()
  const during = storage.run(0, symbolsOfPromise)
  storage.disable()
  return during <= before
}

function symbolsOfPromise(): number {
  return Object.getOwnPropertySymbols(Promise.resolve()).length
}
