// What recording waits costs, estimated from counts, and what it may cost. Estimated, because the hook is called more often than a
// clock can be read; relative to CPU time, because a thread that has to wait for a core has not done more work.

import { monotonicMicros, threadSchedule, workMicros } from '../clock.js'

/**
 * Microseconds of CPU, Node's own part included, on Node 20, where they are highest. Measured as the difference that recording makes to
 * 300,000 calls of `fs`, 100,000 timers, 20,000 requests and a million promises (`npm run bench -- waits`).
 */
export const COSTS = {
  promise: 0.15,
  /** A tick, an immediate and the like. */
  tick: 0.4,
  /** A resource that tests may wait for. */
  resource: 3,
  /** Such a resource wakes up. */
  wake: 3,
  /** Something else runs, such as a promise or a tick. */
  otherCallback: 0.3,
  /** Capturing a frame of a stack. */
  frame: 1.4,
  /** Adding the hook again. */
  enable: 50,
}

/** What may be spent in every file, in microseconds, plus shares of its CPU and idle time: what idle tests wait for matters most, and they wait anyway. */
const FREE_MICROS = 10_000
const SHARE_OF_CPU = 0.025
const SHARE_OF_IDLE_TIME = 0.15

/** Parts of what may be spent up to which something is done: what is worth most is given up last. */
export const PRIORITIES = {
  /** Reading stacks of short waits. */
  shortWaits: 0.5,
  /** Capturing stacks of types of resources that have some already. */
  stacks: 0.7,
  hook: 1,
  /** Recording again in a test that begins while the hook is removed: it did not cause the flood. */
  laterTests: 1.25,
}

/** Asks after which the clocks are read again when the answer would be no. */
const ASKS_PER_LOOK = 64

interface Clocks {
  /** Microseconds of CPU time. */
  readonly cpu: () => number
  readonly time: () => number
  /** Microseconds without a core; 0 where it is unknown. */
  readonly delayed: () => number
}

const CLOCKS: Clocks = {
  cpu: workMicros,
  time: monotonicMicros,
  delayed: () => threadSchedule()?.delayed ?? 0,
}

export class Effort {
  /** Microseconds spent so far. */
  micros = 0
  readonly #clocks: Clocks
  readonly #start: Readonly<Record<keyof Clocks, number>>
  #allowed = FREE_MICROS
  #refusals = 0

  constructor(clocks = CLOCKS) {
    this.#clocks = clocks
    this.#start = { cpu: clocks.cpu(), time: clocks.time(), delayed: clocks.delayed() }
  }

  /** Whether less than this part of what may be spent is spent. */
  isBelow(part: number): boolean {
    if (this.micros < part * this.#allowed) return true
    if (this.#refusals++ % ASKS_PER_LOOK !== 0) return false
    return this.isBelowNow(part)
  }

  /** The same, after a look at the clocks. */
  isBelowNow(part: number): boolean {
    const { cpu, time, delayed } = this.#clocks
    const ran = cpu() - this.#start.cpu
    const idle = time() - this.#start.time - ran - (delayed() - this.#start.delayed)
    this.#allowed = FREE_MICROS + SHARE_OF_CPU * ran + SHARE_OF_IDLE_TIME * Math.max(0, idle)
    return this.micros < part * this.#allowed
  }
}
