// Limits the cost of recording waits, whatever the tests do: stacks are thinned, and if even the calls of the hook cost too much,
// the hook is removed until a later test.

import type { AsyncHook } from 'node:async_hooks'
import type { Waits } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import { waitKind } from './resources.js'
import { Thinning } from './thinning.js'

/** Calls of the hook between two checks of its cost. */
const CALLS_PER_LOOK = 256
/**
 * More than Node needs. When the stack overflows inside `disable()`, Node's table of hooks stays half updated, and no hook of this
 * process works any more: https://github.com/nodejs/node/blob/v20.20.0/lib/async_hooks.js
 */
const FRAMES_TO_REMOVE_HOOK = 60

export class Restraint<Entry> {
  readonly thinning = new Thinning<Entry>(monotonicMicros)
  readonly #hook: Pick<AsyncHook, 'enable' | 'disable'>
  readonly #effort: Effort
  readonly #pauses: Waits['pauses'] = { start: [], end: [] }
  #isPaused = false

  constructor(hook: Pick<AsyncHook, 'enable' | 'disable'>) {
    this.#hook = hook
    this.#effort = new Effort(monotonicMicros())
  }

  /** Estimated time of the thread that recording took, in microseconds. */
  get micros(): number {
    return this.#effort.micros
  }

  /** Counts a call of the hook. Returns whether this call removed the hook, because it cost too much. */
  countCall(): boolean {
    if (++this.#effort.calls % CALLS_PER_LOOK !== 0 || this.#isPaused) return false
    this.#effort.stacks = this.thinning.stacks
    this.#effort.resources = this.thinning.created
    const now = monotonicMicros()
    // Without enough stack the hook is removed at a later call.
    if (!this.#effort.isTooMuch(now) || !hasStack(FRAMES_TO_REMOVE_HOOK)) return false
    this.#isPaused = true
    this.#pauses.start.push(now)
    this.#hook.disable()
    return true
  }

  /** A test begins: a removed hook is added again if it is affordable. */
  testBegins(): void {
    const now = monotonicMicros()
    if (!this.#isPaused || !this.#effort.isAffordable(now)) return
    this.#endPause(now)
    this.#hook.enable()
  }

  stop(): void {
    this.#hook.disable()
    if (this.#isPaused) this.#endPause(monotonicMicros())
  }

  /** Times since `start`. */
  columns(start: number): Pick<Waits, 'thinned' | 'pauses'> {
    const types = this.thinning.thinned()
    return {
      thinned: {
        // The type alone must suffice here.
        kind: types.map(({ type }) => waitKind(type)),
        created: types.map(({ created }) => created),
        kept: types.map(({ kept }) => kept),
      },
      pauses: {
        start: this.#pauses.start.map(time => time - start),
        end: this.#pauses.end.map(time => time - start),
      },
    }
  }

  #endPause(now: number): void {
    this.#isPaused = false
    this.#pauses.end.push(now)
  }
}

function hasStack(frames: number): boolean {
  try {
    return frames === 0 || hasStack(frames - 1)
  } catch {
    return false
  }
}

// Estimated from counts, because reading a clock takes as long as a call.
/** Microseconds for a call from JavaScript, such as for a promise (0.05 to 0.12 on Node 20 to 26). */
const MICROS_PER_CALL = 0.1
/** Microseconds for a resource of Node's own, when it is created or wakes up: the call comes from native code. */
const MICROS_PER_RESOURCE = 0.8
/** Microseconds for a stack of about 20 frames. */
const MICROS_PER_STACK = 20

/** Microseconds that are allowed in every file, plus a share of the file's time. */
const FREE_MICROS = 10_000
const MOST_SHARE = 0.03
/** Recording continues after a pause only below this share of the allowed time; otherwise it would stop again at once. */
const REST_SHARE = 0.8

/** Estimates what recording waits costs, and decides when that is too much: it must not make a test exceed its time limit. */
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
